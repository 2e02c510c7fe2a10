package dev.skald.logql.eval;

/** {@code rate} and {@code bytes_rate}: the sum of the samples for each second of the window. */
final class RateFunction implements FoldFunction {
  private final double seconds;

  RateFunction(double seconds) {
    this.seconds = seconds;
  }

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
    return partials[at] / seconds;
  }
}
