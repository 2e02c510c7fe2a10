package dev.skald.logql;

/**
 * Quotes text as Go's {@code strconv.Quote} does, which is how LogQL prints strings, and knows the
 * escapes of one letter for those who read such text.
 */
public final class GoQuote {
  private static final String HEX = "0123456789abcdef";

  private GoQuote() {}

  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    append(out, text);
    return out.toString();
  }

  /** Appends the quoted text to a builder. */
  public static void append(StringBuilder out, String text) {
    out.append('"');
    text.codePoints().forEach(codePoint -> appendCodePoint(out, codePoint));
    out.append('"');
  }

  /** Appends a code point as it stands between the quotes. */
  public static void appendCodePoint(StringBuilder out, int codePoint) {
    switch (codePoint) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      default -> {
        if (isPrintable(codePoint)) {
          out.appendCodePoint(codePoint);
        } else {
          appendEscape(out, codePoint);
        }
      }
    }
  }

  /**
   * Returns the character that a letter behind a backslash stands for: those of Go's escapes that
   * are one letter, and the backslash itself; -1 for any other.
   */
  public static int unescaped(int letter) {
    return switch (letter) {
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case '\\' -> '\\';
      default -> -1;
    };
  }

  private static void appendEscape(StringBuilder out, int codePoint) {
    if (codePoint < ' ' || codePoint == 0x7f) {
      out.append("\\x").append(HEX.charAt(codePoint >> 4)).append(HEX.charAt(codePoint & 15));
    } else if (codePoint < 0x10000) {
      out.append("\\u").append(String.format("%04x", codePoint));
    } else {
      out.append("\\U").append(String.format("%08x", codePoint));
    }
  }

  /**
   * Go's {@code strconv.IsPrint}: letters, marks, numbers, punctuation, symbols and ASCII space.
   */
  public static boolean isPrintable(int codePoint) {
    if (codePoint == ' ') {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
