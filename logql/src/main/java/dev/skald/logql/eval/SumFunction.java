package dev.skald.logql.eval;

/**
 * {@code sum_over_time}, and {@code count_over_time} and {@code bytes_over_time}, whose samples are
 * ones and line lengths.
 */
final class SumFunction implements FoldFunction {
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
    partials[at] += value;
  }

  @Override
  public void merge(double[] partials, int at, double[] later, int laterAt) {
    partials[at] += later[laterAt];
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at];
  }
}
