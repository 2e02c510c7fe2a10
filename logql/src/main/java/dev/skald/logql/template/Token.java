package dev.skald.logql.template;

/**
 * A piece of a template's text.
 *
 * @param position of its first byte
 * @param line that it begins on, from 1
 */
record Token(Kind kind, int position, int line, String text) {

  enum Kind {
    ERROR,
    EOF,
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    LEFT_PAREN,
    RIGHT_PAREN,
    SPACE,
    ASSIGN,
    DECLARE,
    PIPE,
    CHAR,
    BOOL,
    NUMBER,
    CHAR_CONSTANT,
    STRING,
    RAW_STRING,
    FIELD,
    VARIABLE,
    IDENTIFIER,
    DOT,
    NIL,
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    RANGE,
    TEMPLATE,
    WITH;

    boolean isKeyword() {
      return ordinal() >= DOT.ordinal();
    }

    /** Returns whether a command may begin with it. */
    boolean beginsOperand() {
      return switch (this) {
        case BOOL,
            NUMBER,
            CHAR_CONSTANT,
            STRING,
            RAW_STRING,
            FIELD,
            VARIABLE,
            IDENTIFIER,
            DOT,
            NIL,
            LEFT_PAREN ->
            true;
        default -> false;
      };
    }
  }

  /** Returns the token as errors show it. */
  String shown() {
    if (kind == Kind.EOF) {
      return "EOF";
    }
    if (kind == Kind.ERROR) {
      return text;
    }
    if (kind.isKeyword()) {
      return "<" + text + ">";
    }
    int[] codePoints = ByteText.codePoints(text);
    if (text.length() <= 10 || codePoints.length <= 10) {
      return ByteText.quote(text) + (text.length() > 10 ? "..." : "");
    }
    return ByteText.quote(ByteText.encode(new String(codePoints, 0, 10))) + "...";
  }
}
