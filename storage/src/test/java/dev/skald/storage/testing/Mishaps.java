package dev.skald.storage.testing;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The ways in which stores go wrong. */
public final class Mishaps {
  private Mishaps() {}

  /** The store is there and refuses; nothing has happened. */
  public static Mishap unavailable() {
    return before("503 Slow Down");
  }

  /** Nothing has happened but an error. */
  public static Mishap before(String message) {
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        throw new IOException(call.operation() + " " + call.key() + ": " + message);
      }
    };
  }

  /** What was asked for has happened, but the connection was lost before the answer came. */
  public static Mishap lostAnswer() {
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        effect.happen();
        throw new IOException(call.operation() + " " + call.key() + ": Connection reset");
      }
    };
  }

  /** Nothing has happened but an error; what was asked for happens when the test says so. */
  public static Mishap late(Consumer<Mishap.Effect<?>> held) {
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        held.accept(effect);
        throw new IOException(call.operation() + " " + call.key() + ": Read timed out");
      }
    };
  }

  /** The connection is lost half-way: a read has half of its bytes, a write has not happened. */
  public static Mishap cutHalfWay() {
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        if (call.operation() == Call.Operation.GET) {
          effect.happen();
        }
        throw new IOException(
            "%s %s: Connection reset after %d of %d bytes"
                .formatted(call.operation(), call.key(), call.length() / 2, call.length()));
      }
    };
  }

  /** The object is not there; whoever deletes or lists does not notice. */
  public static Mishap missing() {
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        switch (call.operation()) {
          case GET, SIZE -> throw new NoSuchFileException(call.key());
          case PUT, PUT_IF_ABSENT, LIST, DELETE -> {
            return effect.happen();
          }
        }
        throw new AssertionError(call);
      }
    };
  }

  /** A read that covers a byte of the object gets it with one bit turned round. */
  public static Mishap flippedBit(long at) {
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        T result = effect.happen();
        long place = at - call.offset();
        if (result instanceof byte[] bytes && place >= 0 && place < bytes.length) {
          bytes[(int) place] ^= 1;
        }
        return result;
      }
    };
  }

  /** So many bytes fit, then writes fail; what is deleted gives nothing back. */
  public static Mishap fullDisk(long bytes) {
    AtomicLong left = new AtomicLong(bytes);
    return new Mishap() {
      @Override
      public <T> T strike(Call call, Effect<T> effect) throws IOException {
        if (call.writes() && left.addAndGet(-call.length()) < 0) {
          throw new IOException(call.key() + ": No space left on device");
        }
        return effect.happen();
      }
    };
  }
}
