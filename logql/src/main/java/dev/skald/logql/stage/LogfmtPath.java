package dev.skald.logql.stage;

/** The key that {@code | logfmt label="key"} asks for: bare, or in quotes (logql.md §11.5). */
final class LogfmtPath {
  private LogfmtPath() {}

  /**
   * Returns the key.
   *
   * @throws StageException if the text is no key
   */
  static String parse(String text) {
    int start = skipBlanks(text, 0);
    if (start == text.length()) {
      throw syntax(text, "unexpected $end, expecting STRING or KEY");
    }
    boolean quoted = text.charAt(start) == '"';
    int end = quoted ? quotedEnd(text, start) : bareEnd(text, start);
    int next = skipBlanks(text, end);
    if (next < text.length()) {
      if (text.charAt(next) == '"') {
        throw syntax(text, "unexpected STRING");
      }
      bareEnd(text, next);
      throw syntax(text, "unexpected KEY");
    }
    return quoted ? text.substring(start + 1, end - 1) : text.substring(start, end);
  }

  private static int bareEnd(String text, int start) {
    int i = start;
    while (i < text.length() && isKeyPart(text.charAt(i), i == start)) {
      i++;
    }
    if (i < text.length() && (i == start || !isBlank(text.charAt(i)) && text.charAt(i) != '"')) {
      int c = text.codePointAt(i);
      throw failure(text, "unexpected char " + Character.toString(c));
    }
    return i;
  }

  private static int quotedEnd(String text, int start) {
    int close = text.indexOf('"', start + 1);
    if (close < 0) {
      throw syntax(text, "unexpected $end, expecting STRING or KEY");
    }
    return close + 1;
  }

  private static boolean isKeyPart(char c, boolean first) {
    return c < 0x80 && (c == '_' || (first ? Character.isLetter(c) : Character.isLetterOrDigit(c)));
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static StageException syntax(String text, String message) {
    return failure(text, "syntax error: " + message);
  }

  private static StageException failure(String text, String message) {
    return new StageException("cannot parse expression [" + text + "]: " + message);
  }
}
