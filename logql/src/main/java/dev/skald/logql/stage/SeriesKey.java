package dev.skald.logql.stage;

import java.util.Arrays;

/** The bytes that tell one series from another. Written anew for each entry. */
final class SeriesKey {
  private byte[] bytes = new byte[256];
  private int length;

  void clear() {
    length = 0;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    bytes[length++] = (byte) value;
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) (value >>> 16);
    bytes[length++] = (byte) (value >>> 24);
  }

  /** Appends some bytes and how many they are. */
  void put(byte[] source, int offset, int count) {
    putInt(count);
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
