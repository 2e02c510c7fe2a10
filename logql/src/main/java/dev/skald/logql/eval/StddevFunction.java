package dev.skald.logql.eval;

/** {@code stddev_over_time}: the square root of {@code stdvar_over_time}. */
final class StddevFunction implements FoldFunction {
  private final StdvarFunction variance = new StdvarFunction();

  @Override
  public int width() {
    return variance.width();
  }

  @Override
  public void start(double[] partials, int at, long time, double value) {
    variance.start(partials, at, time, value);
  }

  @Override
  public void add(double[] partials, int at, long time, double value) {
    variance.add(partials, at, time, value);
  }

  @Override
  public void merge(double[] partials, int at, double[] later, int laterAt) {
    variance.merge(partials, at, later, laterAt);
  }

  @Override
  public double result(double[] partials, int at) {
    return Math.sqrt(variance.result(partials, at));
  }
}
