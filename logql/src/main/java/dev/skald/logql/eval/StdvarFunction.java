package dev.skald.logql.eval;

/**
 * {@code stdvar_over_time}: the population variance after Welford, whose partial results merge as
 * Chan, Golub and LeVeque show: (count, mean, sum of squared distances from the mean).
 */
class StdvarFunction implements FoldFunction {
  @Override
  public final int width() {
    return 3;
  }

  @Override
  public final void start(double[] partials, int at, long time, double value) {
    partials[at] = 0;
    partials[at + 1] = 0;
    partials[at + 2] = 0;
    add(partials, at, time, value);
  }

  @Override
  public final void add(double[] partials, int at, long time, double value) {
    double count = ++partials[at];
    double delta = value - partials[at + 1];
    partials[at + 1] += delta / count;
    partials[at + 2] += delta * (value - partials[at + 1]);
  }

  @Override
  public final void merge(double[] partials, int at, double[] later, int laterAt) {
    double count = partials[at] + later[laterAt];
    double delta = later[laterAt + 1] - partials[at + 1];
    partials[at + 2] += later[laterAt + 2] + delta * delta * partials[at] * later[laterAt] / count;
    partials[at + 1] += delta * later[laterAt] / count;
    partials[at] = count;
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at + 2] / partials[at];
  }
}
