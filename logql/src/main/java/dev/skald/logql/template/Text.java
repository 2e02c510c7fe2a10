package dev.skald.logql.template;

/** A text being built by a function: one byte a char, and never longer than {@link #LIMIT}. */
final class Text {
  /** The most bytes that one text of a template may have: 4 MiB. */
  static final int LIMIT = 4 << 20;

  private final StringBuilder out = new StringBuilder();

  Text append(String bytes) {
    checkLength((long) out.length() + bytes.length());
    out.append(bytes);
    return this;
  }

  Text append(String bytes, int from, int to) {
    checkLength((long) out.length() + to - from);
    out.append(bytes, from, to);
    return this;
  }

  Text append(char oneByte) {
    checkLength(out.length() + 1L);
    out.append(oneByte);
    return this;
  }

  Text repeat(char oneByte, long count) {
    if (count > 0) {
      checkLength(out.length() + count);
      out.repeat(oneByte, (int) count);
    }
    return this;
  }

  /** Appends the UTF-8 bytes of a code point; -1 becomes U+FFFD. */
  Text appendCodePoint(int codePoint) {
    boolean valid =
        Character.isValidCodePoint(codePoint) && (codePoint < 0xD800 || codePoint > 0xDFFF);
    return codePoint >= 0 && codePoint < 0x80
        ? append((char) codePoint)
        : append(ByteText.encode(Character.toString(valid ? codePoint : ByteText.REPLACEMENT)));
  }

  int length() {
    return out.length();
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Fails if a text that is about to be made would be too long. */
  static void checkLength(long length) {
    if (length > LIMIT) {
      throw new FunctionException("a text is longer than " + LIMIT + " bytes");
    }
  }
}
