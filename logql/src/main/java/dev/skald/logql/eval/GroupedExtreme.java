package dev.skald.logql.eval;

import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;

/**
 * {@code min_over_time} and {@code max_over_time} with a {@code without}, which Loki groups once
 * more as {@code min} and {@code max} do: empty labels vanish, unlike with the functions that it
 * does not take apart, such as {@code last_over_time}.
 */
final class GroupedExtreme {
  private GroupedExtreme() {}

  static boolean isOne(RangeAggregation aggregation) {
    return (aggregation.op() == RangeOp.MIN_OVER_TIME || aggregation.op() == RangeOp.MAX_OVER_TIME)
        && aggregation.grouping() != null
        && aggregation.grouping().without();
  }

  /** Returns the vector aggregation around such a range aggregation. */
  static VectorAggregation grouped(RangeAggregation aggregation) {
    VectorOp op = aggregation.op() == RangeOp.MIN_OVER_TIME ? VectorOp.MIN : VectorOp.MAX;
    return new VectorAggregation(op, 0, aggregation, aggregation.grouping());
  }
}
