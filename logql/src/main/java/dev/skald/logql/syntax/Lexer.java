package dev.skald.logql.syntax;

/**
 * Cuts a query into tokens, one at a time (logql.md §2).
 *
 * <p>Errors of the lexer itself are thrown at once, with the place of the token that they spoil.
 */
final class Lexer {
  static final String FLAG_STRICT = "--strict";
  static final String FLAG_KEEP_EMPTY = "--keep-empty";

  private final Source source;
  private final NumberLexer numbers;
  private final StringLexer strings;

  Lexer(String query) {
    source = new Source(query);
    numbers = new NumberLexer(source);
    strings = new StringLexer(source);
  }

  /** Returns the next token; behind the last one, {@link TokenKind#END} again and again. */
  Token next() {
    source.endToken();
    skipBlanksAndComments();
    Token.Place place = source.beginToken();
    int c = source.peek();
    if (c == Source.END) {
      return new Token(TokenKind.END, "", 0, place);
    }
    if (isIdentifierStart(c)) {
      return word(place);
    }
    if (isDigit(c) || c == '.' && isDigit(source.peek(1))) {
      return numbers.next(place);
    }
    return switch (c) {
      case '"' -> new Token(TokenKind.STRING, strings.quoted(), 0, place);
      case '`' -> new Token(TokenKind.STRING, strings.raw(), 0, place);
      case '\'' -> new Token(TokenKind.IDENTIFIER, strings.character(), 0, place);
      case '[' -> range(place.withoutLine());
      case '-' -> minus(place);
      default -> punctuation(place);
    };
  }

  private void skipBlanksAndComments() {
    while (true) {
      if (isBlank(source.peek())) {
        source.advance();
      } else if (source.peek() == '#' || source.startsWith("//")) {
        source.beginToken();
        skipLine();
      } else if (source.startsWith("/*")) {
        source.beginToken();
        skipBlock();
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (source.peek() != '\n' && source.peek() != Source.END) {
      source.advance();
    }
  }

  private void skipBlock() {
    source.advance(2);
    while (!source.startsWith("*/")) {
      if (source.peek() == Source.END) {
        throw source.error("comment not terminated");
      }
      source.advance();
    }
    source.advance(2);
  }

  private Token word(Token.Place place) {
    while (isIdentifierStart(source.peek()) || Character.isDigit(source.peek())) {
      source.advance();
    }
    String text = source.tokenText();
    TokenKind kind = TokenKind.ofWord(text);
    boolean plain = kind == null || kind.needsCall() && !callFollows();
    return new Token(plain ? TokenKind.IDENTIFIER : kind, text, 0, place);
  }

  /** Whether {@code (}, or {@code by (} or {@code without (}, comes next. */
  private boolean callFollows() {
    String text = source.text();
    int at = skipBlanks(text, source.index());
    for (String word : new String[] {"by", "without"}) {
      if (text.regionMatches(true, at, word, 0, word.length())) {
        at = skipBlanks(text, at + word.length());
      }
    }
    return at < text.length() && text.charAt(at) == '(';
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** A window, {@code [5m]}. Its errors carry the column of the bracket and no line. */
  private Token range(Token.Place place) {
    source.advance();
    String text = source.upTo(']');
    if (text == null) {
      throw place.error("missing closing ']' in duration");
    }
    source.advance(text.codePointCount(0, text.length()) + 1);
    try {
      return new Token(TokenKind.RANGE, text, Durations.parsePrometheus(text), place);
    } catch (IllegalArgumentException badDuration) {
      throw place.error(badDuration.getMessage());
    }
  }

  /** A flag, a negative duration or the operator. */
  private Token minus(Token.Place place) {
    if (source.startsWith("--")) {
      String flag = flag();
      if (flag.equals(FLAG_STRICT) || flag.equals(FLAG_KEEP_EMPTY)) {
        source.advance(flag.length());
        return new Token(TokenKind.FUNCTION_FLAG, flag, 0, place.withoutLine());
      }
    }
    source.advance();
    Token duration = numbers.duration("", place);
    if (duration == null) {
      return new Token(TokenKind.SUB, "-", 0, place);
    }
    return new Token(
        TokenKind.DURATION, "-" + duration.text(), -duration.value(), duration.place());
  }

  private String flag() {
    String text = source.text();
    int to = source.index();
    while (to < text.length() && (text.charAt(to) == '-' || Character.isLetter(text.charAt(to)))) {
      to++;
    }
    return text.substring(source.index(), to);
  }

  /** An operator or bracket; any other character is an identifier by itself. */
  private Token punctuation(Token.Place place) {
    source.advance();
    if (source.peek() != Source.END) {
      String two = source.tokenText() + Character.toString(source.peek());
      TokenKind kind = TokenKind.ofPunctuation(two);
      if (kind != null) {
        source.advance();
        return new Token(kind, two, 0, place.withoutLine());
      }
    }
    String one = source.tokenText();
    TokenKind kind = TokenKind.ofPunctuation(one);
    return new Token(kind == null ? TokenKind.IDENTIFIER : kind, one, 0, place);
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isIdentifierStart(int c) {
    return c == '_' || Character.isLetter(c);
  }
}
