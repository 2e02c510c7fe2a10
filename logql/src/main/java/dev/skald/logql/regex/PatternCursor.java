package dev.skald.logql.regex;

/** Reads a pattern from left to right, a code point at a time. */
final class PatternCursor {
  private final String text;
  private int position;

  PatternCursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return position == text.length();
  }

  int position() {
    return position;
  }

  /** Goes back, or on, to a position once given by {@link #position}. */
  void moveTo(int newPosition) {
    position = newPosition;
  }

  /** Returns the next UTF-16 unit without taking it; 0 at the end. */
  char peek() {
    return peek(0);
  }

  /** Returns a unit some places ahead; 0 past the end. */
  char peek(int ahead) {
    int at = position + ahead;
    return at < text.length() ? text.charAt(at) : 0;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, position);
  }

  void skip(int units) {
    position += units;
  }

  /** Takes a character if it is the next one. */
  boolean accept(char expected) {
    if (atEnd() || text.charAt(position) != expected) {
      return false;
    }
    position++;
    return true;
  }

  /**
   * Takes the next code point; -1 at the end.
   *
   * @throws RegexSyntaxException for half of a surrogate pair, which has no UTF-8
   */
  int next() {
    if (atEnd()) {
      return -1;
    }
    int rune = text.codePointAt(position);
    if (rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE) {
      throw SyntaxError.INVALID_UTF8.in(rest());
    }
    position += Character.charCount(rune);
    return rune;
  }

  /** Returns where a text next occurs, or -1. */
  int find(String wanted) {
    return text.indexOf(wanted, position);
  }

  String since(int start) {
    return text.substring(start, position);
  }

  String until(int end) {
    return text.substring(position, end);
  }

  String rest() {
    return text.substring(position);
  }

  String whole() {
    return text;
  }
}
