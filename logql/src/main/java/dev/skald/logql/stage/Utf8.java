package dev.skald.logql.stage;

/** UTF-8 as Go decodes it: each malformed byte stands for U+FFFD. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Returns the length of the well-formed code point at {@code i}, or 0 if the bytes there are
   * malformed.
   */
  public static int length(byte[] bytes, int i, int to) {
    int b = bytes[i] & 0xff;
    if (b < 0x80) {
      return 1;
    }
    int length = b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
    if (length == 0 || i + length > to) {
      return 0;
    }
    for (int j = 1; j < length; j++) {
      if ((bytes[i + j] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[i + 1] & 0xff;
    boolean overlong = b == 0xe0 && second < 0xa0 || b == 0xf0 && second < 0x90;
    boolean outside = b == 0xed && second > 0x9f || b == 0xf4 && second > 0x8f;
    return overlong || outside ? 0 : length;
  }

  /** Returns whether a malformed byte or U+FFFD itself is among the bytes. */
  public static boolean hasReplacement(byte[] bytes, int from, int to) {
    if (Bytes.isAscii(bytes, from, to)) {
      return false;
    }
    for (int i = from; i < to; ) {
      int length = length(bytes, i, to);
      if (length == 0 || isReplacement(bytes, i, length)) {
        return true;
      }
      i += length;
    }
    return false;
  }

  /** Writes the bytes into the arena, with a blank for each malformed byte and each U+FFFD. */
  static void blankReplacements(byte[] bytes, int from, int to, Arena arena) {
    arena.begin();
    for (int i = from; i < to; ) {
      int length = length(bytes, i, to);
      if (length == 0 || isReplacement(bytes, i, length)) {
        arena.append((byte) ' ');
      } else {
        arena.append(bytes, i, length);
      }
      i += Math.max(1, length);
    }
  }

  private static boolean isReplacement(byte[] bytes, int i, int length) {
    return length == 3
        && bytes[i] == (byte) 0xef
        && bytes[i + 1] == (byte) 0xbf
        && bytes[i + 2] == (byte) 0xbd;
  }
}
