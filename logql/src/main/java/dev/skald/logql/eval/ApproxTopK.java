package dev.skald.logql.eval;

import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * {@code approx_topk}: the k largest elements of an instant query, as they are (logql.md §17). Loki
 * estimates them; this is exact, and still never holds more than k of them. NaN is less than any
 * number; among equals the first stays.
 */
final class ApproxTopK implements SeriesSink {
  private static final Comparator<StepSeries> SMALLEST_FIRST =
      (a, b) -> isLarger(a.value(0), b.value(0)) ? 1 : isLarger(b.value(0), a.value(0)) ? -1 : 0;

  private final int k;
  private final QueryContext context;
  private final PriorityQueue<StepSeries> largest = new PriorityQueue<>(SMALLEST_FIRST);

  ApproxTopK(VectorAggregation aggregation, QueryContext context) {
    this.k = aggregation.parameter();
    this.context = context;
  }

  private static boolean isLarger(double value, double other) {
    return Double.isNaN(other) ? !Double.isNaN(value) : value > other;
  }

  @Override
  public void accept(StepSeries series) {
    if (series.isEmpty()) {
      return;
    }
    if (largest.size() < k) {
      context.reserve(series.memory());
      largest.add(series);
    } else if (isLarger(series.value(0), largest.element().value(0))) {
      largest.remove();
      largest.add(series);
    }
  }

  void finish(SeriesSink sink) {
    largest.forEach(sink::accept);
  }
}
