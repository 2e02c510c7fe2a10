package dev.skald.logql.syntax;

import dev.skald.logql.GoQuote;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Durations as text, in nanoseconds, in the two styles of LogQL (logql.md §2.6, §2.8, §12.2).
 *
 * <p>The <em>Prometheus</em> style has the units y (365 d), w, d, h, m, s and ms, whole numbers
 * only, each unit once, larger ones first: {@code 1d12h}. The <em>Go</em> style has the units h, m,
 * s, ms, us and ns, with fractions and a sign, in any order: {@code -1.5h}.
 */
public final class Durations {
  private record Unit(String text, long nanos) {}

  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** From the largest to the smallest. */
  private static final List<Unit> PROMETHEUS_UNITS =
      List.of(
          new Unit("y", 365 * DAY),
          new Unit("w", 7 * DAY),
          new Unit("d", DAY),
          new Unit("h", HOUR),
          new Unit("m", MINUTE),
          new Unit("s", SECOND),
          new Unit("ms", MILLISECOND));

  /** Both code points that look like a micro sign are known. */
  private static final List<Unit> GO_UNITS =
      List.of(
          new Unit("h", HOUR),
          new Unit("m", MINUTE),
          new Unit("s", SECOND),
          new Unit("ms", MILLISECOND),
          new Unit("us", 1000),
          new Unit("\u00b5s", 1000),
          new Unit("\u03bcs", 1000),
          new Unit("ns", 1));

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Reads either style, the Prometheus style first.
   *
   * @throws IllegalArgumentException with Go's text if it is neither
   */
  public static long parse(String text) {
    try {
      return parsePrometheus(text);
    } catch (IllegalArgumentException notPrometheus) {
      return parseGo(text);
    }
  }

  /**
   * Reads the Prometheus style; a bare {@code 0} is allowed.
   *
   * @throws IllegalArgumentException with Prometheus' text, {@code not a valid duration string:
   *     "5"}
   */
  public static long parsePrometheus(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    BigInteger nanos = BigInteger.ZERO;
    int nextUnit = 0;
    int at = 0;
    while (at < text.length()) {
      int unitFrom = skipDigits(text, at);
      int unitTo = skipNonDigits(text, unitFrom);
      // 19 digits are more than any duration in range has.
      if (unitFrom == at || unitTo == unitFrom || unitFrom - at > 20) {
        throw notValid(text);
      }
      int unit = prometheusUnit(text, unitFrom, unitTo);
      if (unit < nextUnit) {
        throw notValid(text);
      }
      nextUnit = unit + 1;
      BigInteger count = new BigInteger(text.substring(at, unitFrom));
      if (count.bitLength() > 64) {
        throw notValid(text);
      }
      nanos = nanos.add(count.multiply(BigInteger.valueOf(PROMETHEUS_UNITS.get(unit).nanos)));
      if (nanos.compareTo(MAX) > 0) {
        throw new IllegalArgumentException("duration out of range");
      }
      at = unitTo;
    }
    return nanos.longValueExact();
  }

  private static int prometheusUnit(String text, int from, int to) {
    String unit = text.substring(from, to);
    for (int i = 0; i < PROMETHEUS_UNITS.size(); i++) {
      if (PROMETHEUS_UNITS.get(i).text.equals(unit)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit " + GoQuote.quote(unit) + " in duration " + GoQuote.quote(text));
  }

  private static IllegalArgumentException notValid(String text) {
    return new IllegalArgumentException("not a valid duration string: " + GoQuote.quote(text));
  }

  /**
   * Reads the Go style; a bare {@code 0} is allowed.
   *
   * @throws IllegalArgumentException with Go's text, {@code time: invalid duration "abc"}
   */
  public static long parseGo(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.length() - at == 1 && text.charAt(at) == '0') {
      return 0;
    }
    if (at == text.length()) {
      throw goFailure("invalid duration", text);
    }
    BigInteger nanos = BigInteger.ZERO;
    while (at < text.length()) {
      int unitFrom = skipDecimal(text, at);
      if (unitFrom < 0) {
        throw goFailure("invalid duration", text);
      }
      int unitTo = skipGoUnit(text, unitFrom);
      if (unitTo == unitFrom) {
        throw goFailure("missing unit in duration", text);
      }
      long unit = goUnit(text, unitFrom, unitTo);
      nanos = nanos.add(scale(text.substring(at, unitFrom), unit));
      at = unitTo;
    }
    BigInteger signed = negative ? nanos.negate() : nanos;
    if (signed.bitLength() > 63) {
      throw goFailure("invalid duration", text);
    }
    return signed.longValueExact();
  }

  private static BigInteger scale(String decimal, long unit) {
    String digits = decimal.endsWith(".") ? decimal + "0" : decimal;
    return new BigDecimal(digits).multiply(BigDecimal.valueOf(unit)).toBigInteger();
  }

  private static long goUnit(String text, int from, int to) {
    String unit = text.substring(from, to);
    for (Unit known : GO_UNITS) {
      if (known.text.equals(unit)) {
        return known.nanos;
      }
    }
    throw goFailure("unknown unit " + quoteBytes(unit) + " in duration", text);
  }

  private static IllegalArgumentException goFailure(String cause, String text) {
    return new IllegalArgumentException("time: " + cause + " " + quoteBytes(text));
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipNonDigits(String text, int from) {
    int at = from;
    while (at < text.length() && !isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipGoUnit(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Returns the end of {@code 1}, {@code 1.}, {@code .5} or {@code 1.5}; -1 where none stands. */
  private static int skipDecimal(String text, int from) {
    int dot = skipDigits(text, from);
    if (dot == text.length() || text.charAt(dot) != '.') {
      return dot == from ? -1 : dot;
    }
    int end = skipDigits(text, dot + 1);
    return end - from == 1 ? -1 : end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Quotes as Go's {@code time} package does: every byte that is not printable ASCII in hex. */
  private static String quoteBytes(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        quoted.append('\\').append((char) b);
      } else if (b < ' ') {
        quoted.append(String.format("\\x%02x", b));
      } else {
        quoted.append((char) b);
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * Prints the Prometheus style, {@code 1d12h}; years and weeks only where nothing is left over.
   * What is finer than a millisecond is cut off.
   */
  public static String printPrometheus(long nanos) {
    long rest = nanos / MILLISECOND * MILLISECOND;
    if (rest == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(rest < 0 ? "-" : "");
    rest = Math.abs(rest);
    for (Unit unit : PROMETHEUS_UNITS) {
      boolean wholeOnly = unit.nanos > DAY;
      if (rest >= unit.nanos && (!wholeOnly || rest % unit.nanos == 0)) {
        text.append(rest / unit.nanos).append(unit.text);
        rest %= unit.nanos;
      }
    }
    return text.toString();
  }

  /** Prints as Go's {@code time.Duration} does: {@code 1h30m0s}, {@code 1.5s}, {@code 20ms}. */
  public static String printGo(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    BigInteger magnitude = BigInteger.valueOf(nanos).abs();
    String sign = nanos < 0 ? "-" : "";
    if (magnitude.compareTo(BigInteger.valueOf(SECOND)) < 0) {
      long fraction = Math.abs(nanos);
      if (fraction < 1000) {
        return sign + fraction + "ns";
      }
      return fraction < MILLISECOND
          ? sign + decimal(magnitude, 3) + "\u00b5s"
          : sign + decimal(magnitude, 6) + "ms";
    }
    BigInteger[] minutes = magnitude.divideAndRemainder(BigInteger.valueOf(MINUTE));
    String seconds = decimal(minutes[1], 9) + "s";
    long whole = minutes[0].longValueExact();
    if (whole == 0) {
      return sign + seconds;
    }
    String hours = whole < 60 ? "" : whole / 60 + "h";
    return sign + hours + whole % 60 + "m" + seconds;
  }

  private static String decimal(BigInteger unscaled, int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale).stripTrailingZeros();
    return value.toPlainString();
  }
}
