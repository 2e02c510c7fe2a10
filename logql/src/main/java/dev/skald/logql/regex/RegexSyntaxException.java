package dev.skald.logql.regex;

/**
 * A pattern that is no regular expression. The message is Go's, as in {@code error parsing regexp:
 * missing closing ): `(`}.
 */
public final class RegexSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public RegexSyntaxException(String message) {
    super(message);
  }
}
