package dev.skald.logql.eval;

/** {@code rate} and {@code bytes_rate}: the sum of the samples for each second of the window. */
final class RateFunction extends OneValueFunction {
  private final double seconds;

  RateFunction(double seconds) {
    this.seconds = seconds;
  }

  @Override
  double combine(double before, double value) {
    return before + value;
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at] / seconds;
  }
}
