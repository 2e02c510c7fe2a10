package dev.skald.logql.eval;

/** {@code max_over_time}: the largest value. */
final class MaxFunction extends OneValueFunction {
  @Override
  double combine(double before, double value) {
    return Extremes.larger(before, value);
  }
}
