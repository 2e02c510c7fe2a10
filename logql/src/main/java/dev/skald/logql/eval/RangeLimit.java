package dev.skald.logql.eval;

import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;

/** Rejects windows longer than a tenant may use (logql.md §16.1). */
final class RangeLimit {
  private static final long DAY = 86_400_000_000_000L;

  private RangeLimit() {}

  static void check(RangeAggregation aggregation, EngineLimits limits) {
    long range = aggregation.range().rangeNanos();
    if (limits.maxRangeNanos() > 0 && range > limits.maxRangeNanos()) {
      throw QueryException.badRequest(
          "[interval] value exceeds limit: [%s] > [%s]"
              .formatted(text(range), text(limits.maxRangeNanos())));
    }
  }

  /** Prints a duration as Prometheus does: years and weeks only where nothing is left over. */
  private static String text(long nanos) {
    StringBuilder text = new StringBuilder();
    long rest = nanos;
    rest = rest % (365 * DAY) == 0 ? append(text, rest, 365 * DAY, "y") : rest;
    rest = rest % (7 * DAY) == 0 ? append(text, rest, 7 * DAY, "w") : rest;
    rest = append(text, rest, DAY, "d");
    rest = append(text, rest, DAY / 24, "h");
    rest = append(text, rest, 60_000_000_000L, "m");
    rest = append(text, rest, 1_000_000_000L, "s");
    append(text, rest, 1_000_000L, "ms");
    return text.toString();
  }

  private static long append(StringBuilder text, long nanos, long unit, String name) {
    if (nanos >= unit) {
      text.append(nanos / unit).append(name);
    }
    return nanos % unit;
  }
}
