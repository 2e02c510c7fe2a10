package dev.skald.server.query;

import dev.skald.logql.QueryException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as requests write it (http-api.md §2). What lies further away than unix
 * nanoseconds reach becomes the nearest that they do.
 */
final class TimeText {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MOST_DIGITS_OF_SECONDS = 10;
  private static final int DIGITS_OF_NANOS = 9;

  /** What Go takes; Java takes less in one place and more in another. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})([.,][0-9]+)?"
              + "(Z|([-+])([01][0-9]|2[0-4]):([0-5][0-9]))");

  private TimeText() {}

  /** Seconds with a fraction, whole seconds, nanoseconds, or RFC 3339, told apart by their form. */
  static long nanos(String text) {
    OptionalDouble fraction =
        text.contains(".") ? GoNumber.parseFloat(text) : OptionalDouble.empty();
    if (fraction.isPresent()) {
      return milliseconds(fraction.getAsDouble());
    }
    try {
      long number = Long.parseLong(text);
      return text.length() <= MOST_DIGITS_OF_SECONDS ? seconds(number, 0) : number;
    } catch (NumberFormatException notANumber) {
      try {
        return rfc3339(text);
      } catch (DateTimeException e) {
        throw QueryException.badRequest("strconv.ParseInt: parsing " + GoNumber.refusal(text));
      }
    }
  }

  /** Of the fraction of a second three decimals count. */
  private static long milliseconds(double seconds) {
    long whole = (long) seconds;
    double fraction = seconds - whole;
    long millis = Math.round(Math.abs(fraction) * 1000) * (fraction < 0 ? -1 : 1);
    return seconds(whole, millis * 1_000_000L);
  }

  /** Returns unix nanoseconds. */
  static long seconds(long seconds, long nanos) {
    try {
      return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
    } catch (ArithmeticException e) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /**
   * @throws DateTimeException if the text is no time as RFC 3339 writes it
   */
  static long rfc3339(String text) {
    Matcher parts = RFC_3339.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("not RFC 3339: " + text);
    }
    long seconds = LocalDateTime.parse(parts.group(1)).toEpochSecond(ZoneOffset.UTC);
    return seconds(seconds - offsetSeconds(parts), nanosOfSecond(parts.group(2)));
  }

  private static long offsetSeconds(Matcher parts) {
    if (parts.group(3).equals("Z")) {
      return 0;
    }
    long minutes = Long.parseLong(parts.group(5)) * 60 + Long.parseLong(parts.group(6));
    return parts.group(4).equals("-") ? -60 * minutes : 60 * minutes;
  }

  /** Digits after the ninth do not count. */
  private static long nanosOfSecond(String fraction) {
    if (fraction == null) {
      return 0;
    }
    String digits = fraction.substring(1, Math.min(fraction.length(), 1 + DIGITS_OF_NANOS));
    return Long.parseLong(digits + "0".repeat(DIGITS_OF_NANOS - digits.length()));
  }
}
