package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.syntax.Durations;
import dev.skald.server.http.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;

/** Reads the parameters that the query endpoints share (http-api.md §2). */
final class Parameters {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
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

  /**
   * Bounds of a time range in unix nanoseconds.
   *
   * @param end no more than {@link Long#MAX_VALUE} after the start
   */
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
    long start = namedTime("start", saturatedDifference(Math.min(end, now), sinceNanos));
    boolean endless = end > start && end - start < 0;
    return new Bounds(endless ? end - Long.MAX_VALUE : start, end);
  }

  private static long saturatedDifference(long from, long positive) {
    return from < Long.MIN_VALUE + positive ? Long.MIN_VALUE : from - positive;
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
    return text.isEmpty() ? otherwise : TimeText.nanos(text);
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
      throw QueryException.badRequest("strconv.Atoi: parsing " + GoNumber.refusal(text));
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
    OptionalDouble seconds = GoNumber.parseFloat(text);
    if (seconds.isPresent()) {
      double nanos = seconds.getAsDouble() * NANOS_PER_SECOND;
      if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
        throw QueryException.badRequest(
            "cannot parse \"" + text + "\" to a valid duration. It overflows int64");
      }
      return Double.isNaN(nanos) ? Long.MIN_VALUE : (long) nanos;
    }
    try {
      return Durations.parsePrometheus(text);
    } catch (IllegalArgumentException e) {
      throw QueryException.badRequest("cannot parse \"" + text + "\" to a valid duration");
    }
  }
}
