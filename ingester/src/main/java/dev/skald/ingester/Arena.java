package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import java.util.Arrays;

/**
 * Bytes that are only ever appended to. One thread writes; a reader that has learnt of an offset
 * through a published row finds the bytes in {@link #bytes}, which may be kept and read for ever.
 */
final class Arena {
  private static final int FIRST_CAPACITY = 1 << 16;

  private final int expectedBytes;
  private volatile byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  /**
   * @param expectedBytes about how much will be appended in all; capacity doubles up to there
   */
  Arena(int expectedBytes) {
    this.expectedBytes = expectedBytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Appends the bytes of a slice and returns where they begin. */
  int append(Slice slice) {
    byte[] target = bytes;
    if (slice.length > target.length - length) {
      target = grow(slice.length);
    }
    int start = length;
    System.arraycopy(slice.bytes, slice.offset, target, start, slice.length);
    length += slice.length;
    return start;
  }

  private byte[] grow(int more) {
    int wanted = Math.addExact(length, more);
    long step = length < expectedBytes / 2 ? length : Math.max(expectedBytes - length, length / 8);
    byte[] bigger = Arrays.copyOf(bytes, (int) Math.max(wanted, Math.min(length + step, 1 << 30)));
    bytes = bigger;
    return bigger;
  }
}
