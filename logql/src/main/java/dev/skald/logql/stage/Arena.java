package dev.skald.logql.stage;

/**
 * Room for the bytes that stages make while they work on one entry: unescaped values, formatted
 * lines. What was written stays valid until the next entry, even if the arena grows meanwhile.
 *
 * <p>One piece is written at a time: {@link #begin()}, some {@code append}s, then {@link #bytes()},
 * {@link #start()} and {@link #length()} say where it lies.
 */
final class Arena {
  private static final int FIRST_CAPACITY = 4096;
  private static final int KEPT_CAPACITY = 1 << 20;

  /** The most that stages may write for one entry; lines are not nearly as long. */
  static final int MOST = 2 << 20;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int start;
  private int used;

  /** Makes all room free again. */
  void reset() {
    start = 0;
    used = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[FIRST_CAPACITY];
    }
  }

  /** Returns whether there is no room for so many bytes more of this entry. */
  boolean isFull(int more) {
    return used + more > MOST;
  }

  /** Returns how much memory is held. */
  int capacity() {
    return bytes.length;
  }

  /** Returns how many bytes were written for this entry, about. */
  int used() {
    return used;
  }

  void begin() {
    start = used;
  }

  void append(byte b) {
    reserve(1);
    bytes[used++] = b;
  }

  void append(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, used, length);
    used += length;
  }

  void append(byte[] source) {
    append(source, 0, source.length);
  }

  /** Appends a code point as UTF-8. */
  void appendCodePoint(int c) {
    reserve(4);
    if (c < 0x80) {
      bytes[used++] = (byte) c;
    } else if (c < 0x800) {
      bytes[used++] = (byte) (0xc0 | c >> 6);
      continuation(c);
    } else if (c < 0x10000) {
      bytes[used++] = (byte) (0xe0 | c >> 12);
      continuation(c >> 6);
      continuation(c);
    } else {
      bytes[used++] = (byte) (0xf0 | c >> 18);
      continuation(c >> 12);
      continuation(c >> 6);
      continuation(c);
    }
  }

  private void continuation(int c) {
    bytes[used++] = (byte) (0x80 | c & 0x3f);
  }

  /** Takes back what was written since {@link #begin()}. */
  void discard() {
    used = start;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return used - start;
  }

  private void reserve(int count) {
    if (used + count <= bytes.length) {
      return;
    }
    byte[] grown = new byte[Math.max(2 * bytes.length, 2 * (used - start + count))];
    System.arraycopy(bytes, start, grown, 0, used - start);
    bytes = grown;
    used -= start;
    start = 0;
  }
}
