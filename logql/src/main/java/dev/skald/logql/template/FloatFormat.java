package dev.skald.logql.template;

import dev.skald.logql.syntax.GoFloat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Prints floating point numbers as Go's {@code strconv.FormatFloat} does. */
final class FloatFormat {
  /** No double has more digits behind the point. */
  private static final int MOST_DIGITS = 1100;

  private FloatFormat() {}

  /** Prints as {@code %v} does: the fewest digits that tell the number from all others. */
  static String format(double value) {
    return GoFloat.general(value);
  }

  /**
   * @param verb one of {@code e E f F g G}
   * @param precision -1 for the fewest digits
   */
  static String format(double value, char verb, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (precision < 0 && verb == 'g') {
      return format(value);
    }
    String sign = value < 0 || 1 / value < 0 ? "-" : "";
    double positive = Math.abs(value);
    BigDecimal exact =
        precision < 0 ? new BigDecimal(Double.toString(positive)) : new BigDecimal(positive);
    String digits =
        switch (verb) {
          case 'f', 'F' -> fixed(exact, precision);
          case 'e', 'E' -> exponent(exact, precision);
          default -> general(exact, precision);
        };
    return sign + (verb == 'E' || verb == 'G' ? digits.replace('e', 'E') : digits);
  }

  private static String fixed(BigDecimal value, int precision) {
    if (precision >= 0) {
      int scale = Math.min(precision, MOST_DIGITS);
      String digits = value.setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
      return digits + "0".repeat(precision - scale);
    }
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static String exponent(BigDecimal value, int precision) {
    BigDecimal rounded =
        precision < 0
            ? value.stripTrailingZeros()
            : value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = value.signum() == 0 ? "0" : rounded.unscaledValue().toString();
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    StringBuilder out = new StringBuilder().append(digits.charAt(0));
    int fraction = precision < 0 ? digits.length() - 1 : precision;
    if (fraction > 0) {
      out.append('.').append(digits, 1, Math.min(digits.length(), fraction + 1));
      out.repeat('0', Math.max(0, fraction + 1 - digits.length()));
    }
    int size = Math.abs(exponent);
    return out.append(exponent < 0 ? "e-" : "e+")
        .append(size < 10 ? "0" : "")
        .append(size)
        .toString();
  }

  private static String general(BigDecimal value, int precision) {
    boolean shortest = precision < 0;
    int wanted = precision == 0 ? 1 : precision;
    BigDecimal rounded =
        (shortest ? value : value.round(new MathContext(wanted, RoundingMode.HALF_EVEN)))
            .stripTrailingZeros();
    if (rounded.signum() == 0) {
      return "0";
    }
    int digits = rounded.precision();
    int point = digits - rounded.scale();
    int limit = shortest ? 6 : wanted > digits && digits >= point ? digits : wanted;
    return point - 1 < -4 || point - 1 >= limit
        ? exponent(rounded, digits - 1)
        : rounded.toPlainString();
  }
}
