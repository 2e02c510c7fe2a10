package dev.skald.server.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects the body of one request. Grows with what arrives, not with what is announced. */
final class BodyBuffer {
  private static final int FIRST = 1 << 16;
  private static final byte[] EMPTY = {};

  private final int expected;
  private byte[] bytes = EMPTY;
  private int length;

  /**
   * @param expected the announced length in bytes, or the largest that is allowed
   */
  BodyBuffer(int expected) {
    this.expected = expected;
  }

  int length() {
    return length;
  }

  /** Takes the readable bytes; the caller sees to it that they are no more than expected. */
  void add(ByteBuf content) {
    int more = content.readableBytes();
    int needed = length + more;
    if (needed > bytes.length) {
      long doubled = Math.max(FIRST, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(expected, doubled)));
    }
    content.readBytes(bytes, length, more);
    length = needed;
  }

  /** Returns the whole body; for one call. */
  byte[] take() {
    byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    bytes = EMPTY;
    return whole;
  }
}
