package dev.skald.querier;

import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.LogRange;

/**
 * The times that a query may read, in unix nanoseconds.
 *
 * @param end first time that it does not read
 */
record Span(long start, long end) {

  /** Returns what a range query reads; a metric query is evaluated at multiples of its step. */
  static Span of(Expr expr, RangeParameters parameters) {
    return switch (expr) {
      case LogExpr query -> new Span(parameters.start(), parameters.end());
      case MetricExpr metric -> of(metric, parameters.firstStep(), parameters.lastStep());
    };
  }

  /** Returns what a query at one time reads. */
  static Span of(Expr expr, long time) {
    return switch (expr) {
      case LogExpr query -> new Span(time, time);
      case MetricExpr metric -> of(metric, time, time);
    };
  }

  /** Returns what a metric query reads for steps of which these are the first and the last. */
  static Span of(MetricExpr metric, long first, long last) {
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (LogRange range : Selectors.ranges(metric)) {
      Span window = of(range, first, last);
      start = Math.min(start, window.start);
      end = Math.max(end, window.end);
    }
    return start > end ? new Span(first, first) : new Span(start, end);
  }

  /** Returns what one window reads between its first and its last place. */
  static Span of(LogRange range, long first, long last) {
    double reach = (double) range.rangeNanos() + range.offsetNanos();
    double earliest = first - reach;
    double latest = (double) last - range.offsetNanos() + 1;
    return new Span(
        earliest <= Long.MIN_VALUE
            ? Long.MIN_VALUE
            : first - range.rangeNanos() - range.offsetNanos(),
        latest >= Long.MAX_VALUE ? Long.MAX_VALUE : last - range.offsetNanos() + 1);
  }
}
