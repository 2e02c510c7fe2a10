package dev.skald.logql.syntax;

/**
 * The text of a query under a cursor that counts lines and columns.
 *
 * <p>A character that no query may hold is reported as soon as the cursor reaches it, at the place
 * of the token before it (logql.md §2.1).
 */
final class Source {
  /** What {@link #peek} returns behind the last character. */
  static final int END = -1;

  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final String text;
  private int index;
  private int line = 1;
  private int column = 1;
  private Token.Place token = new Token.Place(0, 0, 0);

  Source(String text) {
    this.text = text;
    rejectForbidden();
    if (peek() == BYTE_ORDER_MARK) {
      advance();
    }
  }

  /** Returns the code point under the cursor, or {@link #END}. */
  int peek() {
    return peek(0);
  }

  /** Returns the code point some chars behind the cursor, or {@link #END}. */
  int peek(int chars) {
    return index + chars < text.length() ? text.codePointAt(index + chars) : END;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, index);
  }

  /** Moves behind the code point under the cursor, if there is one. */
  void advance() {
    int codePoint = peek();
    if (codePoint == END) {
      return;
    }
    index += Character.charCount(codePoint);
    column++;
    if (codePoint == '\n') {
      line++;
      column = 1;
    }
    rejectForbidden();
  }

  void advance(int codePoints) {
    for (int i = 0; i < codePoints; i++) {
      advance();
    }
  }

  private void rejectForbidden() {
    int codePoint = peek();
    if (codePoint == 0) {
      throw token.error("invalid character NUL");
    }
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw token.error("invalid UTF-8 encoding");
    }
  }

  /** Leaves the last token; until the next one begins, no line is known. */
  void endToken() {
    token = token.withoutLine();
  }

  /** Marks the cursor as the place of a token. */
  Token.Place beginToken() {
    token = text.isEmpty() ? new Token.Place(0, 0, 0) : new Token.Place(line, column, index);
    return token;
  }

  /** Returns the text from the start of the token to the cursor. */
  String tokenText() {
    return text.substring(token.index(), index);
  }

  /** Returns an error at the start of the token. */
  ParseException error(String message) {
    return token.error(message);
  }

  /** Returns the text behind the cursor up to a character, or null if there is none. */
  String upTo(char end) {
    int to = text.indexOf(end, index);
    return to < 0 ? null : text.substring(index, to);
  }

  /** Returns the longest run of characters behind the cursor that are digits or in a set. */
  String run(String set) {
    int to = index;
    while (to < text.length()) {
      int codePoint = text.codePointAt(to);
      if (set.indexOf(codePoint) < 0 && !Character.isDigit(codePoint)) {
        break;
      }
      to += Character.charCount(codePoint);
    }
    return text.substring(index, to);
  }

  /** Returns the whole text. */
  String text() {
    return text;
  }

  int index() {
    return index;
  }
}
