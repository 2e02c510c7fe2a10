package dev.skald.logql.eval;

/**
 * {@code first_over_time}: the value of the earliest sample: (time, value), the time as the bits of
 * a double.
 */
final class FirstFunction implements FoldFunction {
  @Override
  public int width() {
    return 2;
  }

  @Override
  public void start(double[] partials, int at, long time, double value) {
    partials[at] = Double.longBitsToDouble(time);
    partials[at + 1] = value;
  }

  @Override
  public void add(double[] partials, int at, long time, double value) {
    if (time < Double.doubleToRawLongBits(partials[at])) {
      start(partials, at, time, value);
    }
  }

  @Override
  public void merge(double[] partials, int at, double[] later, int laterAt) {
    add(partials, at, Double.doubleToRawLongBits(later[laterAt]), later[laterAt + 1]);
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at + 1];
  }
}
