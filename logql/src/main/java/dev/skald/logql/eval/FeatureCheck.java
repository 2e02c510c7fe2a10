package dev.skald.logql.eval;

import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;

/** Rejects what only some tenants may use, before anything is read (logql.md §17, §21). */
final class FeatureCheck {
  private final EngineLimits limits;
  private final boolean instant;

  /**
   * @param instant whether the query is evaluated at one time only
   */
  FeatureCheck(EngineLimits limits, boolean instant) {
    this.limits = limits;
    this.instant = instant;
  }

  /**
   * @throws QueryException if the expression holds a construct that may not be used
   */
  void check(MetricExpr expr) {
    switch (expr) {
      case Variants variants -> {
        variants();
        variants.variants().forEach(this::check);
      }
      case VectorAggregation aggregation -> {
        if (aggregation.op() == VectorOp.APPROX_TOPK) {
          approxTopK();
        }
        check(aggregation.inner());
      }
      case Binary binary -> {
        check(binary.left());
        check(binary.right());
      }
      case LabelReplace call -> check(call.inner());
      case RangeAggregation _, Vector _, Literal _ -> {}
    }
  }

  private void variants() {
    if (!limits.variants()) {
      throw QueryException.badRequest("multi variant queries are disabled for this instance");
    }
  }

  private void approxTopK() {
    if (!limits.approxTopK()) {
      throw new QueryException(
          QueryException.Kind.INTERNAL,
          "approx_topk is not enabled. See -limits.shard_aggregations");
    }
    if (!instant) {
      throw QueryException.badRequest("approx_topk is only supported for instant queries");
    }
  }
}
