package dev.skald.logql.stage;

import java.nio.charset.StandardCharsets;

/** Small steps on ranges of bytes that several stages need. */
final class Bytes {
  static final byte[] EMPTY = new byte[0];

  private Bytes() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A hash good enough for short keys. */
  static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset, end = offset + length; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    return (hash ^ hash >>> 15) * 0x2c1b3c6d ^ hash >>> 12;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The blanks of JSON: space, tab, carriage return, newline. */
  static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to
        && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n' || bytes[i] == '\r')) {
      i++;
    }
    return i;
  }

  /** Returns where {@code b} stands first, or -1. */
  static int indexOf(byte[] bytes, int from, int to, byte b) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == b) {
        return i;
      }
    }
    return -1;
  }

  static boolean isAscii(byte[] bytes, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }
}
