package dev.skald.server.query;

import dev.skald.logql.GoQuote;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as Go's {@code strconv} reads them, and what it says of those that are none. */
final class GoNumber {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE =
      Pattern.compile("([-+]?)inf(inity)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

  private GoNumber() {}

  /** Returns the number, which may be infinite or none; empty if the text is no such number. */
  static OptionalDouble parseFloat(String text) {
    if (text.equalsIgnoreCase("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    if (INFINITE.matcher(text).matches()) {
      return OptionalDouble.of(
          text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (!FLOAT.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Returns why the text is no 64-bit integer. */
  static String refusal(String text) {
    boolean whole = WHOLE.matcher(text).matches();
    return GoQuote.quote(text) + (whole ? ": value out of range" : ": invalid syntax");
  }
}
