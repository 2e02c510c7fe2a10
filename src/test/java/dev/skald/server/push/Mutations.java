package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Feeds decoders with bodies that are nearly valid. Always the same bodies. */
final class Mutations {
  /** No body of a few hundred bytes may claim more. */
  private static final long MOST_BYTES = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Mutations() {}

  /** A decoder under test; what it returns does not matter. */
  interface Decoder {
    Object decode(byte[] body) throws DecodeException;
  }

  /** Cuts a valid body at every byte. */
  static void truncate(byte[] valid, Decoder decoder) {
    for (int length = 0; length < valid.length; length++) {
      feed(Arrays.copyOf(valid, length), decoder);
    }
  }

  /** Changes, inserts, removes and repeats parts of a valid body. */
  static void mutate(byte[] valid, int rounds, Decoder decoder) {
    Random random = new Random(valid.length);
    for (int round = 0; round < rounds; round++) {
      byte[] body = valid;
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        body = mutated(body, random);
      }
      feed(body, decoder);
    }
  }

  private static void feed(byte[] body, Decoder decoder) {
    byte[] kept = body.clone();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      decoder.decode(body);
    } catch (DecodeException e) {
      assertThat(e.getMessage()).isNotEmpty();
    } catch (RuntimeException | Error e) {
      throw new AssertionError("body " + Arrays.toString(kept), e);
    }
    long claimed = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(claimed).as("bytes for %s", Arrays.toString(kept)).isLessThan(MOST_BYTES);
  }

  /** Returns a body with a small change. */
  static byte[] mutated(byte[] body, Random random) {
    if (body.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(body.length);
    int to = at + random.nextInt(Math.min(16, body.length - at) + 1);
    return switch (random.nextInt(5)) {
      case 0 -> flipped(body, at, random);
      case 1 -> replaced(body, at, (byte) random.nextInt());
      case 2 -> joined(Arrays.copyOf(body, at), Arrays.copyOfRange(body, to, body.length));
      case 3 -> joined(Arrays.copyOf(body, to), Arrays.copyOfRange(body, at, body.length));
      default -> replaced(body, at, random.nextBoolean() ? (byte) 0xFF : 0);
    };
  }

  private static byte[] flipped(byte[] body, int at, Random random) {
    return replaced(body, at, (byte) (body[at] ^ 1 << random.nextInt(8)));
  }

  private static byte[] replaced(byte[] body, int at, byte by) {
    byte[] changed = body.clone();
    changed[at] = by;
    return changed;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
