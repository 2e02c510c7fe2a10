package dev.skald.logql.eval;

/**
 * A range function that picks one sample by its time: (time, value), the time as the bits of a
 * double.
 */
abstract class TimedFunction implements FoldFunction {

  /** Returns whether a sample takes the place of the one that was picked before. */
  abstract boolean replaces(long before, long time);

  @Override
  public final int width() {
    return 2;
  }

  @Override
  public final void start(double[] partials, int at, long time, double value) {
    partials[at] = Double.longBitsToDouble(time);
    partials[at + 1] = value;
  }

  @Override
  public final void add(double[] partials, int at, long time, double value) {
    if (replaces(Double.doubleToRawLongBits(partials[at]), time)) {
      start(partials, at, time, value);
    }
  }

  @Override
  public final void merge(double[] partials, int at, double[] later, int laterAt) {
    add(partials, at, Double.doubleToRawLongBits(later[laterAt]), later[laterAt + 1]);
  }

  @Override
  public final double result(double[] partials, int at) {
    return partials[at + 1];
  }
}
