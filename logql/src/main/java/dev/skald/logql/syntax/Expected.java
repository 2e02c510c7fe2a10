package dev.skald.logql.syntax;

import java.util.List;

/**
 * What an error message lists as acceptable, by the place in the grammar (logql.md §26.1).
 *
 * <p>Where a single kind is acceptable, {@link TokenStream#expect(TokenKind)} says so itself. Where
 * more than four are, nothing is listed. Some lists are shorter than what the grammar accepts: they
 * name what completes the innermost open construct, as Loki's messages do.
 */
final class Expected {
  /** Too many kinds to list. */
  static final List<TokenKind> MANY = List.of();

  /** {@code {}. */
  static final List<TokenKind> FIRST_MATCHER = List.of(TokenKind.IDENTIFIER, TokenKind.CLOSE_BRACE);

  /** <code>{a="b"</code>. */
  static final List<TokenKind> AFTER_MATCHER = List.of(TokenKind.CLOSE_BRACE, TokenKind.COMMA);

  /** <code>{a</code>. */
  static final List<TokenKind> MATCHER_OPERATOR =
      List.of(TokenKind.EQUAL, TokenKind.REGEX, TokenKind.NOT_REGEX, TokenKind.NOT_EQUAL);

  /** {@code by (}. */
  static final List<TokenKind> FIRST_NAME = List.of(TokenKind.IDENTIFIER, TokenKind.CLOSE_PAREN);

  /** {@code by (a}. */
  static final List<TokenKind> AFTER_NAME = List.of(TokenKind.COMMA, TokenKind.CLOSE_PAREN);

  /** Behind the operator of a line filter, or {@code or}. */
  static final List<TokenKind> LINE_FILTER = List.of(TokenKind.STRING, TokenKind.IP);

  /** {@code label_format a=}. */
  static final List<TokenKind> FORMAT_SOURCE = List.of(TokenKind.IDENTIFIER, TokenKind.STRING);

  /** Behind {@code and}, {@code or}, a comma or a parenthesis in a label filter. */
  static final List<TokenKind> LABEL_FILTER = List.of(TokenKind.IDENTIFIER, TokenKind.OPEN_PAREN);

  /** {@code rate(}. */
  static final List<TokenKind> RANGE_ARGUMENT =
      List.of(TokenKind.NUMBER, TokenKind.OPEN_BRACE, TokenKind.OPEN_PAREN);

  /** {@code quantile_over_time(0.5,}. */
  static final List<TokenKind> LOG_RANGE = List.of(TokenKind.OPEN_BRACE, TokenKind.OPEN_PAREN);

  /** {@code | unwrap}. */
  static final List<TokenKind> UNWRAP =
      List.of(
          TokenKind.IDENTIFIER,
          TokenKind.BYTES_CONV,
          TokenKind.DURATION_CONV,
          TokenKind.DURATION_SECONDS_CONV);

  /** {@code | unwrap a}. */
  static final List<TokenKind> AFTER_UNWRAP = List.of(TokenKind.RANGE, TokenKind.PIPE);

  /** <code>({a="b"} | unwrap a</code>. */
  static final List<TokenKind> AFTER_ENCLOSED_UNWRAP =
      List.of(TokenKind.RANGE, TokenKind.CLOSE_PAREN, TokenKind.PIPE);

  private Expected() {}
}
