package dev.skald.querier.cache;

import dev.skald.logql.eval.QueryResult.Matrix;

/** Computes the results of a metric query at some of its steps. Times in unix nanoseconds. */
public interface StepResults {

  /** Computes the result at all steps between two of them, both included. */
  Matrix compute(long first, long last);

  /**
   * Returns what the result at steps between two of them, both included, follows from: as long as
   * it equals what it was, so does the result. Null if the result is not to be kept.
   */
  Object version(long first, long last);
}
