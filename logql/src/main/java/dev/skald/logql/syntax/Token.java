package dev.skald.logql.syntax;

/**
 * A token of a query.
 *
 * @param text of a string what it denotes, else what is written
 * @param value nanoseconds of a duration or range, bytes of a size, else 0
 * @param place where it stands
 */
record Token(TokenKind kind, String text, long value, Place place) {

  /**
   * A place in a query.
   *
   * @param line from 1; 0 for a token that the lexer assembles by looking ahead (logql.md §4)
   * @param column from 1, in code points
   * @param index in the text, from 0
   */
  record Place(int line, int column, int index) {
    Place withoutLine() {
      return new Place(0, column, index);
    }

    ParseException error(String message) {
      return new ParseException(line, column, message);
    }
  }

  boolean is(TokenKind other) {
    return kind == other;
  }
}
