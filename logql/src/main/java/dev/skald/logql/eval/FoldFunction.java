package dev.skald.logql.eval;

/**
 * A range function whose samples fold into a partial result of a few doubles, and whose partial
 * results merge. Partials lie side by side in arrays; a position is that of their first double.
 */
non-sealed interface FoldFunction extends RangeFunction {

  /** Returns the length of a partial result. */
  int width();

  /** Makes the partial result of a first sample. */
  void start(double[] partials, int at, long time, double value);

  /** Adds a sample; they come in any order. */
  void add(double[] partials, int at, long time, double value);

  /** Merges the partial result of later samples into that of earlier ones. */
  void merge(double[] partials, int at, double[] later, int laterAt);

  /** Returns the value of a window. */
  double result(double[] partials, int at);
}
