package dev.skald.logql.eval;

import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;

/**
 * {@code avg_over_time} with a {@code by}, which Loki answers as the sum of the samples divided by
 * the count of the lines. The lines without a sample count too: those that lack the unwrapped label,
 * and those that a filter after {@code unwrap} rejects (logql.md §27.8, example 158).
 */
final class GroupedAverage {
  private GroupedAverage() {}

  static boolean isOne(RangeAggregation aggregation) {
    return aggregation.op() == RangeOp.AVG_OVER_TIME
        && aggregation.grouping() != null
        && !aggregation.grouping().without();
  }

  /** Returns the expression that is evaluated in place of such an average. */
  static MetricExpr asDivision(RangeAggregation average) {
    LogRange range = average.range();
    LogRange lines = new LogRange(range.query(), null, range.rangeNanos(), range.offsetNanos());
    return new Binary(
        BinaryOp.DIV,
        false,
        Matching.DEFAULT,
        sum(average, RangeOp.SUM_OVER_TIME, range),
        sum(average, RangeOp.COUNT_OVER_TIME, lines));
  }

  private static MetricExpr sum(RangeAggregation average, RangeOp op, LogRange range) {
    RangeAggregation inner = new RangeAggregation(op, null, range, null);
    return new VectorAggregation(VectorOp.SUM, 0, inner, average.grouping());
  }
}
