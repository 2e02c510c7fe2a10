package dev.skald.logql.eval;

/** {@code stddev_over_time}: the square root of {@code stdvar_over_time}. */
final class StddevFunction extends StdvarFunction {
  @Override
  public double result(double[] partials, int at) {
    return Math.sqrt(super.result(partials, at));
  }
}
