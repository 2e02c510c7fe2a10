package dev.skald.logql.regex;

/** The ways in which a pattern can be malformed, with the texts of Go's {@code regexp/syntax}. */
enum SyntaxError {
  INVALID_CHAR_RANGE("invalid character class range"),
  INVALID_ESCAPE("invalid escape sequence"),
  INVALID_NAMED_CAPTURE("invalid named capture"),
  INVALID_PERL_OPERATOR("invalid or unsupported Perl syntax"),
  INVALID_REPEAT_OPERATOR("invalid nested repetition operator"),
  INVALID_REPEAT_COUNT("invalid repeat count"),
  INVALID_UTF8("invalid UTF-8"),
  MISSING_BRACKET("missing closing ]"),
  MISSING_PAREN("missing closing )"),
  MISSING_REPEAT_ARGUMENT("missing argument to repetition operator"),
  TRAILING_BACKSLASH("trailing backslash at end of expression"),
  UNEXPECTED_PAREN("unexpected )"),
  NESTING_DEPTH("expression nests too deeply"),
  TOO_LARGE("expression too large");

  private final String text;

  SyntaxError(String text) {
    this.text = text;
  }

  /** Returns the exception that blames a part of the pattern. */
  RegexSyntaxException in(String part) {
    return new RegexSyntaxException("error parsing regexp: " + text + ": `" + part + "`");
  }
}
