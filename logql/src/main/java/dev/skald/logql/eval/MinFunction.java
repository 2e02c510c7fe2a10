package dev.skald.logql.eval;

/** {@code min_over_time}: the smallest value. */
final class MinFunction extends OneValueFunction {
  @Override
  double combine(double before, double value) {
    return Extremes.smaller(before, value);
  }
}
