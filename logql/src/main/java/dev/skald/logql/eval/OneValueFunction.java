package dev.skald.logql.eval;

/** A range function whose partial result is one value, made of two as of a value and a sample. */
abstract class OneValueFunction implements FoldFunction {

  /** Returns what a partial result and one more sample, or that of later samples, make. */
  abstract double combine(double before, double value);

  @Override
  public final int width() {
    return 1;
  }

  @Override
  public final void start(double[] partials, int at, long time, double value) {
    partials[at] = value;
  }

  @Override
  public final void add(double[] partials, int at, long time, double value) {
    partials[at] = combine(partials[at], value);
  }

  @Override
  public final void merge(double[] partials, int at, double[] later, int laterAt) {
    partials[at] = combine(partials[at], later[laterAt]);
  }

  @Override
  public double result(double[] partials, int at) {
    return partials[at];
  }
}
