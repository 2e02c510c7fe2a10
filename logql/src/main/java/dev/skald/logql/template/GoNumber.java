package dev.skald.logql.template;

import dev.skald.logql.syntax.ByteSizes;
import dev.skald.logql.syntax.Durations;
import dev.skald.logql.syntax.GoFloat;
import java.math.BigInteger;

/** Reads numbers, durations and sizes from texts of one byte a char, with Go's errors. */
final class GoNumber {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int LONGEST_INTEGER = 80;

  /** Keeps a hostile text from being read in more than linear time. */
  private static final int LONGEST_NUMBER = 4096;

  private GoNumber() {}

  /**
   * {@code strconv.ParseFloat(text, 64)}.
   *
   * @throws FunctionException with Go's text if the text is no number, or one too large
   */
  static double parseFloat(String text) {
    return parsed(text, GoFloat::parse);
  }

  /**
   * Returns the nanoseconds of a duration in Go's style.
   *
   * @throws FunctionException with Go's text if the text is none
   */
  static long parseDuration(String text) {
    return parsed(text, Durations::parseGo);
  }

  static double seconds(long nanos) {
    return (double) (nanos / 1_000_000_000) + (double) (nanos % 1_000_000_000) / 1e9;
  }

  /**
   * Returns the bytes of a size such as {@code 3 MB} (logql.md §12.4).
   *
   * @throws FunctionException with Loki's text if the text is none
   */
  static double parseSize(String text) {
    long size = parsed(text, ByteSizes::parse);
    return size >= 0 ? size : (size >>> 1) * 2.0;
  }

  private static <T> T parsed(String text, java.util.function.Function<String, T> parser) {
    if (text.length() > LONGEST_NUMBER) {
      throw new FunctionException("a number is longer than " + LONGEST_NUMBER + " bytes");
    }
    try {
      return parser.apply(ByteText.decode(text));
    } catch (IllegalArgumentException e) {
      throw new FunctionException(ByteText.encode(e.getMessage()));
    }
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
