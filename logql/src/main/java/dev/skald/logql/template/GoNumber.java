package dev.skald.logql.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads numbers as Go's {@code strconv} does. */
public final class GoNumber {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?\\d+");
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int LONGEST_INTEGER = 80;

  private GoNumber() {}

  /**
   * {@code strconv.ParseFloat(text, 64)}.
   *
   * @throws FunctionException with Go's text if the text is no number, or one too large
   */
  public static double parseFloat(String text) {
    Double special = special(text);
    if (special != null) {
      return special;
    }
    boolean underscores = text.indexOf('_') >= 0;
    String digits = underscores && underscoresSeparate(text) ? text.replace("_", "") : text;
    if (!DECIMAL.matcher(digits).matches() && !HEXADECIMAL.matcher(digits).matches()) {
      throw failure("ParseFloat", text, "invalid syntax");
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw failure("ParseFloat", text, "value out of range");
    }
    return value;
  }

  private static Double special(String text) {
    if (text.length() < 3 || text.length() > 9) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  /**
   * {@code strconv.ParseInt(text, base, 64)}.
   *
   * @param base 10, or 0 where a prefix such as {@code 0x} tells
   * @return null if the text is no integer of 64 bits
   */
  static Long parseInt(String text, int base) {
    BigInteger value = parse(text, base);
    boolean fits = value != null && value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0;
    return fits ? value.longValue() : null;
  }

  /** {@code strconv.ParseUint(text, 0, 64)}; null if the text is no such integer. */
  static BigInteger parseUnsigned(String text) {
    boolean signed = text.startsWith("+") || text.startsWith("-");
    BigInteger value = signed ? null : parse(text, 0);
    return value != null && value.bitLength() <= 64 ? value : null;
  }

  private static BigInteger parse(String text, int base) {
    boolean signed = text.startsWith("+") || text.startsWith("-");
    String digits = signed ? text.substring(1) : text;
    int radix = 10;
    if (base == 0 && digits.startsWith("0") && digits.length() > 1) {
      char prefix = Character.toLowerCase(digits.charAt(1));
      radix = prefix == 'x' ? 16 : prefix == 'b' ? 2 : 8;
      boolean letter = prefix == 'x' || prefix == 'b' || prefix == 'o';
      if (digits.indexOf('_') >= 0 && !underscoresSeparate(digits)) {
        return null;
      }
      digits = digits.substring(letter ? 2 : 1).replace("_", "");
    } else if (base == 0 && underscoresSeparate(digits)) {
      digits = digits.replace("_", "");
    }
    if (!isOfDigits(digits, radix)) {
      return null;
    }
    BigInteger value = new BigInteger(digits, radix);
    return text.startsWith("-") ? value.negate() : value;
  }

  private static boolean isOfDigits(String digits, int radix) {
    if (digits.isEmpty() || digits.length() > LONGEST_INTEGER) {
      return false;
    }
    return digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
  }

  /** Returns whether each underscore stands between digits, or after a prefix such as 0x. */
  private static boolean underscoresSeparate(String text) {
    int i = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    char before = '^';
    boolean hex = false;
    if (text.length() - i >= 2 && text.charAt(i) == '0') {
      char prefix = Character.toLowerCase(text.charAt(i + 1));
      if (prefix == 'x' || prefix == 'b' || prefix == 'o') {
        before = '0';
        hex = prefix == 'x';
        i += 2;
      }
    }
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c < 0x80 && Character.digit(c, hex ? 16 : 10) >= 0;
      if (c == '_' && before != '0' || c != '_' && !digit && before == '_') {
        return false;
      }
      before = digit ? '0' : c == '_' ? '_' : '!';
    }
    return before != '_';
  }

  static FunctionException failure(String function, String text, String why) {
    return new FunctionException(
        "strconv." + function + ": parsing " + ByteText.quote(text) + ": " + why);
  }
}
