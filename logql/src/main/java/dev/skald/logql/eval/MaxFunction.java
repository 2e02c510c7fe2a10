package dev.skald.logql.eval;

/** {@code max_over_time}: the largest value; NaN only where all are. */
final class MaxFunction implements FoldFunction {
  @Override
  public int width() {
    return 1;
  }

  @Override
  public void start(double[] partials, int at, long time, double value) {
    partials[at] = value;
  }

  @Override
  public void add(double[] partials, int at, long time, double value) {
    if (value > partials[at] || Double.isNaN(partials[at])) {
      partials[at] = value;
    }
  }

  @Override
  public void merge(double[] partials, int at, double[] later, int laterAt) {
    add(partials, at, 0, later[laterAt]);
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at];
  }
}
