package dev.skald.server.push;

/** Writes single characters as UTF-8. */
final class Utf8 {
  private Utf8() {}

  /** Writes a code point and returns how many bytes it took. */
  static int write(byte[] out, int at, int codePoint) {
    if (codePoint < 0x80) {
      out[at] = (byte) codePoint;
      return 1;
    }
    if (codePoint < 0x800) {
      out[at] = (byte) (0xC0 | codePoint >> 6);
      out[at + 1] = (byte) (0x80 | codePoint & 0x3F);
      return 2;
    }
    if (codePoint < 0x10000) {
      out[at] = (byte) (0xE0 | codePoint >> 12);
      out[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      out[at + 2] = (byte) (0x80 | codePoint & 0x3F);
      return 3;
    }
    out[at] = (byte) (0xF0 | codePoint >> 18);
    out[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
    out[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
    out[at + 3] = (byte) (0x80 | codePoint & 0x3F);
    return 4;
  }
}
