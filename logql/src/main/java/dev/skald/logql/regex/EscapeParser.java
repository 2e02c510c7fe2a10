package dev.skald.logql.regex;

/** Reads the escapes that stand for one character: {@code \n}, {@code \x{e9}}, {@code \101}. */
final class EscapeParser {
  private final PatternCursor in;

  EscapeParser(PatternCursor in) {
    this.in = in;
  }

  /** Takes an escape, whose backslash is next, and returns its character. */
  int parse() {
    int start = in.position();
    in.skip(1);
    if (in.atEnd()) {
      throw SyntaxError.TRAILING_BACKSLASH.in("");
    }
    int letter = in.next();
    int rune =
        switch (letter) {
          case 'a' -> 7;
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'v' -> 0x0b;
          case 'x' -> hexadecimal();
          case '0' -> octal(0);
          // A lone digit would refer back to a group, which this language does not have.
          case '1', '2', '3', '4', '5', '6', '7' -> octalDigitNext() ? octal(letter - '0') : -1;
          default -> letter < 0x80 && !isAlphanumeric(letter) ? letter : -1;
        };
    if (rune < 0) {
      throw SyntaxError.INVALID_ESCAPE.in(in.since(start));
    }
    return rune;
  }

  static boolean isAlphanumeric(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  private boolean octalDigitNext() {
    return in.peek() >= '0' && in.peek() <= '7';
  }

  private int octal(int first) {
    int rune = first;
    for (int i = 0; i < 2 && octalDigitNext(); i++) {
      rune = rune * 8 + in.next() - '0';
    }
    return rune;
  }

  private int hexadecimal() {
    if (in.atEnd()) {
      return -1;
    }
    int first = in.next();
    if (first == '{') {
      return bracedHexadecimal();
    }
    int high = Character.digit(first < 0x80 ? first : -1, 16);
    int second = in.next();
    int low = Character.digit(second < 0x80 ? second : -1, 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private int bracedHexadecimal() {
    int rune = 0;
    for (int digits = 0; ; digits++) {
      int next = in.next();
      if (next == '}') {
        return digits == 0 ? -1 : rune;
      }
      int digit = Character.digit(next < 0x80 ? next : -1, 16);
      rune = 16 * rune + digit;
      if (digit < 0 || rune > RuneSet.MAX_RUNE) {
        return -1;
      }
    }
  }
}
