package dev.skald.logql.eval;

/** {@code avg_over_time} as a running mean, which a sum would overflow: (count, mean). */
final class AvgFunction implements FoldFunction {
  @Override
  public int width() {
    return 2;
  }

  @Override
  public void start(double[] partials, int at, long time, double value) {
    partials[at] = 1;
    partials[at + 1] = value;
  }

  @Override
  public void add(double[] partials, int at, long time, double value) {
    double count = ++partials[at];
    double mean = partials[at + 1];
    if (Double.isInfinite(mean) && (mean == value || !Double.isInfinite(value) && value == value)) {
      return;
    }
    partials[at + 1] = mean + (value / count - mean / count);
  }

  @Override
  public void merge(double[] partials, int at, double[] later, int laterAt) {
    double count = partials[at] + later[laterAt];
    double mean = partials[at + 1] * (partials[at] / count);
    partials[at + 1] = mean + later[laterAt + 1] * (later[laterAt] / count);
    partials[at] = count;
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at + 1];
  }
}
