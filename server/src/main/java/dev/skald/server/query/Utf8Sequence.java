package dev.skald.server.query;

/** Recognises characters of several bytes. */
final class Utf8Sequence {
  private Utf8Sequence() {}

  /** Returns how many bytes the character at a position has, 0 if it is malformed. */
  static int length(byte[] text, int at, int end) {
    int first = text[at] & 0xFF;
    int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || first > 0xF4 || end - at < size) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = text[at + 1] & 0xFF;
    boolean overlongOrSurrogate =
        first == 0xE0 && second < 0xA0
            || first == 0xED && second > 0x9F
            || first == 0xF0 && second < 0x90
            || first == 0xF4 && second > 0x8F;
    return overlongOrSurrogate ? 0 : size;
  }
}
