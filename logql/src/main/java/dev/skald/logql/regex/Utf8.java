package dev.skald.logql.regex;

/**
 * Decodes UTF-8 as Go does: a byte that begins no valid sequence is U+FFFD, one byte wide.
 *
 * <p>A decoded character is one number: the code point shifted left by three, plus its width in
 * bytes.
 */
final class Utf8 {
  private static final int INVALID = 0xfffd << 3 | 1;

  private Utf8() {}

  static int rune(int decoded) {
    return decoded >>> 3;
  }

  static int width(int decoded) {
    return decoded & 7;
  }

  /** Decodes the character at a position, which lies before the end. */
  static int decode(byte[] input, int at, int to) {
    int first = input[at];
    return first >= 0 ? first << 3 | 1 : decodeLong(input, at, to, first & 0xff);
  }

  private static int decodeLong(byte[] input, int at, int to, int first) {
    int width = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    if (width == 1 || at + width > to) {
      return INVALID;
    }
    int rune = first & 0x7f >> width;
    for (int i = 1; i < width; i++) {
      int next = input[at + i];
      // Continuation bytes are 0x80 to 0xbf: as signed bytes, all below -64.
      if (next >= -64) {
        return INVALID;
      }
      rune = rune << 6 | next & 0x3f;
    }
    boolean overlong = width == 3 && rune < 0x800 || width == 4 && rune < 0x10000;
    boolean surrogate = rune >= 0xd800 && rune < 0xe000;
    return overlong || surrogate || rune > 0x10ffff ? INVALID : rune << 3 | width;
  }
}
