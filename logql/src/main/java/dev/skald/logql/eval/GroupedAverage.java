package dev.skald.logql.eval;

import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code avg_over_time} with a grouping, which Loki answers as the sum of the samples divided by
 * the count of the lines. The lines without a sample count too: those that lack the unwrapped
 * label, and those that a filter after {@code unwrap} rejects (logql.md §27.8, example 158).
 */
final class GroupedAverage {
  private GroupedAverage() {}

  static boolean isOne(RangeAggregation aggregation) {
    return aggregation.op() == RangeOp.AVG_OVER_TIME && aggregation.grouping() != null;
  }

  /** Returns the expression that is evaluated in place of such an average. */
  static MetricExpr asDivision(RangeAggregation average) {
    LogRange range = average.range();
    LogRange lines = new LogRange(range.query(), null, range.rangeNanos(), range.offsetNanos());
    return new Binary(
        BinaryOp.DIV,
        false,
        Matching.DEFAULT,
        sum(RangeOp.SUM_OVER_TIME, range, average.grouping()),
        sum(RangeOp.COUNT_OVER_TIME, lines, lineGrouping(average)));
  }

  /** The unwrapped label is none of the lines' group either. */
  private static Grouping lineGrouping(RangeAggregation average) {
    Grouping grouping = average.grouping();
    if (!grouping.without()) {
      return grouping;
    }
    List<String> labels = new ArrayList<>(grouping.labels());
    labels.add(average.range().unwrap().label());
    return new Grouping(true, labels);
  }

  private static MetricExpr sum(RangeOp op, LogRange range, Grouping grouping) {
    RangeAggregation inner = new RangeAggregation(op, null, range, null);
    return new VectorAggregation(VectorOp.SUM, 0, inner, grouping);
  }
}
