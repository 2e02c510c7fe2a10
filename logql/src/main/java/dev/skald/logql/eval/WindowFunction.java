package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;

/** A range function that needs the samples of a window themselves. */
non-sealed interface WindowFunction extends RangeFunction {

  /** Computes the values of windows that only move forward over the samples of a series. */
  interface Window {
    /** Moves to the samples {@code from} to {@code to - 1}, at least one. */
    void move(int from, int to);

    double result();
  }

  /**
   * Opens a window on a series.
   *
   * @param times in ascending order
   * @param work counts what is done with samples
   */
  Window open(long[] times, double[] values, int size, Stride work);
}
