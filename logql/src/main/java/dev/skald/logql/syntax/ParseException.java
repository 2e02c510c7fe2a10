package dev.skald.logql.syntax;

import dev.skald.logql.QueryException;

/** Text that is no query. The message is Loki's, {@code parse error at line 1, col 2: …}. */
public class ParseException extends QueryException {
  private static final long serialVersionUID = 1L;

  /**
   * @param line of the offending token, from 1; 0 with {@code column} 0 where no place is known
   * @param column of its first character, from 1
   */
  public ParseException(int line, int column, String message) {
    super(Kind.BAD_REQUEST, prefix(line, column) + message);
  }

  private static String prefix(int line, int column) {
    return line == 0 && column == 0
        ? "parse error : "
        : "parse error at line " + line + ", col " + column + ": ";
  }
}
