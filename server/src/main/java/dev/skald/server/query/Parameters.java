package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.syntax.Durations;
import dev.skald.server.http.Request;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/** Reads the parameters that the query endpoints share (http-api.md §2). */
final class Parameters {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MOST_DIGITS_OF_SECONDS = 10;
  private static final long DEFAULT_SINCE = 3600 * NANOS_PER_SECOND;
  private static final int DEFAULT_LIMIT = 100;

  private final Request request;
  private final long now;

  Parameters(Request request, InstantSource clock) {
    this.request = request;
    this.now = nanos(clock.instant());
  }

  /** When the request came, in unix nanoseconds. */
  long now() {
    return now;
  }

  /** Bounds of a time range in unix nanoseconds. */
  record Bounds(long start, long end) {}

  /** Reads {@code start}, {@code end} and {@code since}. */
  Bounds bounds() {
    long end = namedTime("end", now);
    String since = request.parameter("since");
    long sinceNanos = DEFAULT_SINCE;
    if (!since.isEmpty()) {
      try {
        sinceNanos = Durations.parsePrometheus(since);
      } catch (IllegalArgumentException e) {
        throw QueryException.badRequest("could not parse 'since' parameter: " + e.getMessage());
      }
    }
    return new Bounds(namedTime("start", Math.min(end, now) - sinceNanos), end);
  }

  /** Reads the {@code time} of an instant query. */
  long time() {
    return time("time", now);
  }

  private long namedTime(String name, long otherwise) {
    try {
      return time(name, otherwise);
    } catch (QueryException e) {
      throw QueryException.badRequest(
          "could not parse '" + name + "' parameter: " + e.getMessage());
    }
  }

  private long time(String name, long otherwise) {
    String text = request.parameter(name);
    return text.isEmpty() ? otherwise : parseTime(text);
  }

  /** Seconds with a fraction, whole seconds, nanoseconds, or RFC 3339, told apart by their form. */
  static long parseTime(String text) {
    if (text.matches("-?[0-9]*\\.[0-9]*([eE][-+]?[0-9]+)?") && !text.equals(".")) {
      BigDecimal seconds = new BigDecimal(text).setScale(3, RoundingMode.HALF_UP);
      return seconds.movePointRight(9).longValue();
    }
    try {
      long number = Long.parseLong(text);
      return text.length() <= MOST_DIGITS_OF_SECONDS ? number * NANOS_PER_SECOND : number;
    } catch (NumberFormatException e) {
      return parseRfc3339(text);
    }
  }

  private static long parseRfc3339(String text) {
    try {
      return nanos(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw QueryException.badRequest(
          "strconv.ParseInt: parsing "
              + dev.skald.logql.GoQuote.quote(text)
              + (text.matches("[-+]?[0-9]+") ? ": value out of range" : ": invalid syntax"));
    }
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  /** Reads {@code limit}. */
  int limit() {
    return limit("limit", DEFAULT_LIMIT);
  }

  /** Reads {@code limit}, where 0 stands for the default. */
  int limitOrZero() {
    return request.parameter("limit").equals("0") ? DEFAULT_LIMIT : limit();
  }

  /** Reads a parameter that is a number greater than 0. */
  int limit(String name, int otherwise) {
    int limit = number(name, otherwise);
    if (limit <= 0) {
      throw QueryException.badRequest("limit must be a positive value");
    }
    return limit;
  }

  /** Reads a parameter that is a whole number. */
  int number(String name, int otherwise) {
    String text = request.parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Math.clamp(Long.parseLong(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw QueryException.badRequest(
          "strconv.Atoi: parsing " + dev.skald.logql.GoQuote.quote(text) + ": invalid syntax");
    }
  }

  /** Reads {@code direction}. */
  Direction direction() {
    String text = request.parameter("direction");
    if (text.isEmpty() || text.equalsIgnoreCase("backward")) {
      return Direction.BACKWARD;
    }
    if (text.equalsIgnoreCase("forward")) {
      return Direction.FORWARD;
    }
    throw QueryException.badRequest("invalid direction '" + text + "'");
  }

  /** Reads {@code step}; without one a range has about 250 points. */
  long step(Bounds bounds) {
    String text = request.parameter("step");
    if (text.isEmpty()) {
      long seconds = (bounds.end - bounds.start) / NANOS_PER_SECOND;
      return Math.max(seconds / 250, 1) * NANOS_PER_SECOND;
    }
    return secondsOrDuration(text);
  }

  /** Reads {@code interval}. */
  long interval() {
    String text = request.parameter("interval");
    return text.isEmpty() ? 0 : secondsOrDuration(text);
  }

  private static long secondsOrDuration(String text) {
    if (text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
      double nanos = Double.parseDouble(text) * NANOS_PER_SECOND;
      if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
        throw QueryException.badRequest(
            "cannot parse \"" + text + "\" to a valid duration. It overflows int64");
      }
      return (long) nanos;
    }
    try {
      return Durations.parsePrometheus(text);
    } catch (IllegalArgumentException e) {
      throw QueryException.badRequest("cannot parse \"" + text + "\" to a valid duration");
    }
  }
}
