package dev.skald.logql.template;

import java.math.BigDecimal;

/** Durations as Go's {@code time} package reads and prints them. */
public final class GoDuration {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private GoDuration() {}

  /**
   * Reads a text such as {@code 1h30m}, {@code 1.5s} or {@code -3ms}; returns nanoseconds.
   *
   * @param text one byte a char
   * @throws FunctionException with Go's text if it is no duration
   */
  public static long parse(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.length() - at == 1 && text.charAt(at) == '0') {
      return 0;
    }
    if (at == text.length()) {
      throw invalid(text);
    }
    long total = 0;
    while (at < text.length()) {
      int numberEnd = endOfNumber(text, at);
      int unitEnd = endOfUnit(text, numberEnd);
      long unit = unit(text, numberEnd, unitEnd);
      total += scaled(text, text.substring(at, numberEnd), unit);
      if (total < 0) {
        throw invalid(text);
      }
      at = unitEnd;
    }
    return negative ? -total : total;
  }

  private static int endOfNumber(String text, int at) {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - at;
    if (end < text.length() && text.charAt(end) == '.') {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
        digits++;
      }
    }
    if (digits == 0) {
      throw invalid(text);
    }
    return end;
  }

  private static int endOfUnit(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '.' && !isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static long unit(String text, int from, int to) {
    if (from == to) {
      throw new FunctionException("time: missing unit in duration " + quote(text));
    }
    return switch (text.substring(from, to)) {
      case "ns" -> 1;
      case "us", "\u00c2\u00b5s", "\u00ce\u00bcs" -> MICRO;
      case "ms" -> MILLI;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3600 * SECOND;
      default ->
          throw new FunctionException(
              "time: unknown unit "
                  + quote(text.substring(from, to))
                  + " in duration "
                  + quote(text));
    };
  }

  /** Returns number times unit, the fraction reckoned in floating point as Go does. */
  private static long scaled(String text, String number, long unit) {
    int dot = number.indexOf('.');
    String whole = dot < 0 ? number : number.substring(0, dot);
    Long units = whole.isEmpty() ? Long.valueOf(0) : GoNumber.parseInt(stripZeros(whole), 10);
    if (units == null || units > Long.MAX_VALUE / unit) {
      throw invalid(text);
    }
    long nanos = units * unit;
    if (dot >= 0 && dot + 1 < number.length()) {
      String fraction = number.substring(dot + 1, Math.min(number.length(), dot + 19));
      double scale = Math.pow(10, fraction.length());
      nanos += (long) (Long.parseLong(fraction) * (unit / scale));
    }
    return nanos;
  }

  private static String stripZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  /** Returns the whole and broken seconds. */
  public static double seconds(long nanos) {
    return (double) (nanos / SECOND) + (double) (nanos % SECOND) / 1e9;
  }

  /** Prints as {@code 1h2m3.5s}; UTF-8 as one byte a char. */
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    BigDecimal left = BigDecimal.valueOf(nanos).abs();
    String sign = nanos < 0 ? "-" : "";
    if (left.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
      long small = left.longValue();
      return sign
          + (small < MICRO
              ? small + "ns"
              : small < MILLI ? plain(left, 3) + "\u00c2\u00b5s" : plain(left, 6) + "ms");
    }
    BigDecimal[] minutes = left.divideAndRemainder(BigDecimal.valueOf(60 * SECOND));
    long allMinutes = minutes[0].longValue();
    String seconds = plain(minutes[1], 9) + "s";
    if (allMinutes == 0) {
      return sign + seconds;
    }
    String hours = allMinutes >= 60 ? allMinutes / 60 + "h" : "";
    return sign + hours + allMinutes % 60 + "m" + seconds;
  }

  private static String plain(BigDecimal value, int scale) {
    BigDecimal scaled = value.movePointLeft(scale).stripTrailingZeros();
    return scaled.signum() == 0 ? "0" : scaled.toPlainString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static FunctionException invalid(String text) {
    return new FunctionException("time: invalid duration " + quote(text));
  }

  /** Quotes as the {@code time} package does: each byte that is no printable ASCII as \xNN. */
  private static String quote(String text) {
    Text out = new Text().append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x80) {
        out.append(String.format("\\x%02x", (int) c));
      } else {
        out.append(c == '"' || c == '\\' ? "\\" + c : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }
}
