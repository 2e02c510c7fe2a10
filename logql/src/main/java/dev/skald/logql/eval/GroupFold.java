package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.syntax.MetricExpr.VectorOp;

/** Folds the series of one group into one, step by step (logql.md §17). */
abstract class GroupFold {
  private final StepSeries result;

  GroupFold(Labels labels, int steps) {
    this.result = new StepSeries(labels, 0, steps);
  }

  /** Returns the fold of an aggregation that yields one series a group. */
  static GroupFold of(VectorOp op, Labels labels, int steps) {
    return switch (op) {
      case SUM -> new SumGroup(labels, steps);
      case AVG -> new AvgGroup(labels, steps);
      case MIN -> new MinGroup(labels, steps);
      case MAX -> new MaxGroup(labels, steps);
      case COUNT -> new CountGroup(labels, steps);
      case STDVAR -> new StdvarGroup(labels, steps, false);
      case STDDEV -> new StdvarGroup(labels, steps, true);
      case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC ->
          throw new IllegalArgumentException(op + " yields many series a group");
    };
  }

  final void add(StepSeries series) {
    for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
      double value = series.value(step);
      result.set(
          step, result.has(step) ? next(step, result.value(step), value) : first(step, value));
    }
  }

  /** Returns the value of a step after its first sample. */
  double first(int step, double value) {
    return value;
  }

  /** Returns the value of a step after one more sample. */
  abstract double next(int step, double before, double value);

  final StepSeries result() {
    return result;
  }
}
