package dev.skald.logql.eval;

import dev.skald.logql.syntax.MetricExpr.Binary;

/** Applies an operator to each value of a series and a number (logql.md §18.1, §18.2). */
final class ScalarOperation implements SeriesSink {
  private final Binary binary;
  private final double scalar;
  private final boolean scalarLeft;
  private final SeriesSink sink;

  /**
   * @param scalarLeft whether the number is the left operand
   */
  ScalarOperation(Binary binary, double scalar, boolean scalarLeft, SeriesSink sink) {
    this.binary = binary;
    this.scalar = scalar;
    this.scalarLeft = scalarLeft;
    this.sink = sink;
  }

  @Override
  public void accept(StepSeries series) {
    StepSeries result = series.emptyCopy();
    for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
      double value = series.value(step);
      double left = scalarLeft ? scalar : value;
      double right = scalarLeft ? value : scalar;
      if (!binary.op().comparison()) {
        result.set(step, Operator.arithmetic(binary.op(), left, right));
      } else if (binary.bool()) {
        result.set(step, Operator.compare(binary.op(), left, right) ? 1 : 0);
      } else if (Operator.compare(binary.op(), left, right)) {
        result.set(step, value);
      }
    }
    sink.accept(result);
  }
}
