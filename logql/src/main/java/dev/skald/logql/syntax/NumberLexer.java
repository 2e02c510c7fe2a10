package dev.skald.logql.syntax;

/**
 * Reads a number and what may hang on it: the unit of a duration or of a size (logql.md §2.5–2.7).
 *
 * <p>Numbers are scanned as Go scans its literals, so a literal can be well-formed here ({@code
 * 0x10}) and still be no float.
 */
final class NumberLexer {
  private static final String DURATION_UNITS = ".nu\u00b5mshdwy";
  private static final String SIZE_UNITS = ".BikKMGTP";

  private final Source source;

  NumberLexer(Source source) {
    this.source = source;
  }

  /** Reads the literal under the cursor; the longest of number, duration and size wins. */
  Token next(Token.Place place) {
    scan(place);
    String number = source.tokenText();
    Token duration = duration(number, place);
    if (duration != null) {
      return duration;
    }
    Token size = size(number, place);
    return size != null ? size : new Token(TokenKind.NUMBER, number, 0, place);
  }

  /** Reads a duration that begins with some digits already read, or returns null. */
  Token duration(String number, Token.Place place) {
    String run = source.run(DURATION_UNITS);
    if (run.isEmpty()) {
      return null;
    }
    try {
      long nanos = Durations.parse(number + run);
      source.advance(run.length());
      return new Token(TokenKind.DURATION, number + run, nanos, place.withoutLine());
    } catch (IllegalArgumentException notADuration) {
      return null;
    }
  }

  private Token size(String number, Token.Place place) {
    String run = source.run(SIZE_UNITS);
    if (run.isEmpty()) {
      return null;
    }
    try {
      long bytes = ByteSizes.parse(number + run);
      source.advance(run.length());
      return new Token(TokenKind.BYTES, number + run, bytes, place.withoutLine());
    } catch (IllegalArgumentException notASize) {
      return null;
    }
  }

  /** What the scan has seen of a number. */
  private static final class Seen {
    char prefix;
    boolean fraction;
    boolean digits;
    boolean underscore;
    int invalidDigit;
  }

  private void scan(Token.Place place) {
    Seen seen = new Seen();
    scanPrefix(seen);
    scanDigits(seen, base(seen.prefix));
    if (source.peek() == '.') {
      source.advance();
      seen.fraction = true;
      if (seen.prefix == 'o' || seen.prefix == 'b') {
        throw source.error("invalid radix point in " + literalName(seen.prefix));
      }
      scanDigits(seen, base(seen.prefix));
    }
    if (!seen.digits) {
      throw source.error(noDigitsName(seen.prefix, place) + " has no digits");
    }
    boolean exponent = scanExponent(seen);
    if (seen.prefix == 'x' && seen.fraction && !exponent) {
      throw source.error("hexadecimal mantissa requires a 'p' exponent");
    }
    if (!seen.fraction && !exponent && seen.invalidDigit != 0) {
      String digit = "'" + Character.toString(seen.invalidDigit) + "'";
      throw source.error("invalid digit " + digit + " in " + literalName(seen.prefix));
    }
    if (seen.underscore && !GoFloat.underscoresSeparateDigits(source.tokenText())) {
      throw source.error("'_' must separate successive digits");
    }
  }

  private void scanPrefix(Seen seen) {
    if (source.peek() != '0') {
      return;
    }
    source.advance();
    int letter = source.peek() | 0x20;
    if (letter == 'x' || letter == 'o' || letter == 'b') {
      source.advance();
      seen.prefix = (char) letter;
    } else {
      seen.prefix = '0';
      seen.digits = true;
    }
  }

  private void scanDigits(Seen seen, int base) {
    for (int c = source.peek(); isDigit(c, base) || c == '_'; c = source.peek()) {
      if (c == '_') {
        seen.underscore = true;
      } else {
        seen.digits = true;
        if (base < 10 && c >= '0' + base && seen.invalidDigit == 0) {
          seen.invalidDigit = c;
        }
      }
      source.advance();
    }
  }

  private boolean scanExponent(Seen seen) {
    int letter = source.peek() | 0x20;
    if (source.peek() == Source.END || letter != 'e' && letter != 'p') {
      return false;
    }
    String quoted = "'" + Character.toString(source.peek()) + "'";
    if (letter == 'e' && seen.prefix != 0 && seen.prefix != '0') {
      throw source.error(quoted + " exponent requires decimal mantissa");
    }
    if (letter == 'p' && seen.prefix != 'x') {
      throw source.error(quoted + " exponent requires hexadecimal mantissa");
    }
    source.advance();
    if (source.peek() == '+' || source.peek() == '-') {
      source.advance();
    }
    Seen exponent = new Seen();
    scanDigits(exponent, 10);
    seen.underscore |= exponent.underscore;
    if (!exponent.digits) {
      throw source.error("exponent has no digits");
    }
    return true;
  }

  private static boolean isDigit(int c, int base) {
    boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
    return c >= '0' && c <= '9' || base == 16 && c != Source.END && letter;
  }

  private static int base(char prefix) {
    return switch (prefix) {
      case 'x' -> 16;
      case 'o', '0' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  /** A literal without digits behind a blank is called decimal, whatever its prefix. */
  private String noDigitsName(char prefix, Token.Place place) {
    boolean afterBlank = place.index() > 0 && source.text().charAt(place.index() - 1) == ' ';
    return afterBlank ? literalName('\0') : literalName(prefix);
  }

  private static String literalName(char prefix) {
    return switch (prefix) {
      case 'x' -> "hexadecimal literal";
      case 'o', '0' -> "octal literal";
      case 'b' -> "binary literal";
      default -> "decimal literal";
    };
  }
}
