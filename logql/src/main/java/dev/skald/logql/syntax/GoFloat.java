package dev.skald.logql.syntax;

import dev.skald.logql.GoQuote;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * 64-bit floats as text, by the rules of Go's {@code strconv} and {@code fmt} (logql.md §2.5,
 * §12.2, §22.4).
 */
public final class GoFloat {
  private static final int LARGEST_PLAIN_EXPONENT = 5;

  private GoFloat() {}

  /**
   * Reads a number as {@code strconv.ParseFloat(text, 64)} does: decimal or hexadecimal, with
   * underscores between digits, or an infinity or NaN in any case.
   *
   * @throws NumberFormatException with Go's text, {@code strconv.ParseFloat: parsing "x": invalid
   *     syntax}, or {@code …: value out of range}
   */
  public static double parse(String text) {
    double special = special(text);
    if (special != 0) {
      return special;
    }
    if (!wellFormed(text)) {
      throw failure(text, "invalid syntax");
    }
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw failure(text, "value out of range");
    }
    return value;
  }

  private static NumberFormatException failure(String text, String cause) {
    return new NumberFormatException(
        "strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": " + cause);
  }

  /** Returns the infinity or NaN that the text names, or 0. */
  private static double special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> 0;
    };
  }

  private static boolean wellFormed(String text) {
    int at = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    int mantissa = hex ? at + 2 : at;
    int exponent = mantissa;
    int digits = 0;
    int dots = 0;
    for (; exponent < text.length(); exponent++) {
      char c = text.charAt(exponent);
      if (isDigit(c, hex)) {
        digits++;
      } else if (c == '.') {
        dots++;
      } else if (c != '_') {
        break;
      }
    }
    return digits > 0
        && dots <= 1
        && wellFormedExponent(text, exponent, hex)
        && underscoresSeparateDigits(text.substring(at));
  }

  /** A hexadecimal number must have an exponent, a decimal one may. */
  private static boolean wellFormedExponent(String text, int from, boolean hex) {
    if (from == text.length()) {
      return !hex;
    }
    if ((text.charAt(from) | 0x20) != (hex ? 'p' : 'e')) {
      return false;
    }
    int at = from + 1;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int digits = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isDigit(c, false)) {
        digits++;
      } else if (c != '_') {
        return false;
      }
    }
    return digits > 0;
  }

  private static boolean isDigit(char c, boolean hex) {
    return c >= '0' && c <= '9' || hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
  }

  /**
   * Returns whether every underscore of an unsigned literal stands between two digits; a base
   * prefix counts as a digit.
   */
  static boolean underscoresSeparateDigits(String literal) {
    char previous = '.';
    int at = 0;
    boolean hex = false;
    if (literal.length() >= 2 && literal.charAt(0) == '0') {
      char base = (char) (literal.charAt(1) | 0x20);
      hex = base == 'x';
      if (hex || base == 'o' || base == 'b') {
        previous = '0';
        at = 2;
      }
    }
    for (; at < literal.length(); at++) {
      char c = literal.charAt(at);
      char kind = isDigit(c, hex) ? '0' : c == '_' ? '_' : '.';
      if (kind == '_' && previous != '0' || kind == '.' && previous == '_') {
        return false;
      }
      previous = kind;
    }
    return previous != '_';
  }

  /** Returns the shortest decimal that reads back, never with an exponent: {@code 0.0000001}. */
  public static String plain(double value) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    return sign(value) + shortest(value).toPlainString();
  }

  /**
   * Returns the shortest decimal that reads back, with an exponent of at least two digits where the
   * decimal exponent is below -4 or above 5, as Go's {@code %v} prints: {@code 999999}, {@code
   * 1e+06}.
   */
  public static String general(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return plain(value);
    }
    BigDecimal decimal = shortest(value);
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= -4 && exponent <= LARGEST_PLAIN_EXPONENT) {
      return plain(value);
    }
    StringBuilder text = new StringBuilder(sign(value)).append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append(exponent < 0 ? "e-" : "e+");
    int magnitude = Math.abs(exponent);
    return text.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }

  /** Returns the value with six decimals, as {@code %f} prints. */
  public static String sixDecimals(double value) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    BigDecimal exact = new BigDecimal(Math.abs(value));
    return sign(value) + exact.setScale(6, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String nonFinite(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }

  /** A negative zero keeps its sign. */
  private static String sign(double value) {
    return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
  }

  /** Returns the magnitude with the fewest digits that read back, without trailing zeros. */
  private static BigDecimal shortest(double value) {
    double magnitude = Math.abs(value);
    BigDecimal decimal = new BigDecimal(Double.toString(magnitude)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      // Java prints at least two digits even where one is enough (4.9E-324).
      BigDecimal single = decimal.round(new MathContext(1));
      decimal = single.doubleValue() == magnitude ? single.stripTrailingZeros() : decimal;
    }
    return decimal;
  }
}
