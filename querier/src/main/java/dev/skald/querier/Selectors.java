package dev.skald.querier;

import dev.skald.logql.eval.VariantParts;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import java.util.ArrayList;
import java.util.List;

/** Finds what a query reads. */
final class Selectors {
  private Selectors() {}

  /** Returns the log queries in a query: itself, or those that its numbers are made of. */
  static List<LogExpr> of(Expr expr) {
    return switch (expr) {
      case LogExpr query -> List.of(query);
      case MetricExpr metric -> ranges(metric).stream().map(LogRange::query).toList();
    };
  }

  /** Returns the windows of a metric query. */
  static List<LogRange> ranges(MetricExpr metric) {
    List<LogRange> ranges = new ArrayList<>();
    collect(metric, ranges);
    return ranges;
  }

  private static void collect(MetricExpr metric, List<LogRange> ranges) {
    switch (metric) {
      case RangeAggregation aggregation -> ranges.add(aggregation.range());
      case VectorAggregation aggregation -> collect(aggregation.inner(), ranges);
      case LabelReplace call -> collect(call.inner(), ranges);
      case Binary binary -> {
        collect(binary.left(), ranges);
        collect(binary.right(), ranges);
      }
      case Variants variants -> {
        VariantParts parts = new VariantParts(variants.range());
        variants.variants().forEach(part -> collect(parts.over(part), ranges));
      }
      case Vector vector -> {}
      case Literal literal -> {}
    }
  }
}
