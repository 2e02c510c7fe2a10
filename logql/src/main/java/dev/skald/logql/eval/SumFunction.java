package dev.skald.logql.eval;

/**
 * {@code sum_over_time}, and {@code count_over_time} and {@code bytes_over_time}, whose samples are
 * ones and line lengths.
 */
final class SumFunction extends OneValueFunction {
  @Override
  double combine(double before, double value) {
    return before + value;
  }
}
