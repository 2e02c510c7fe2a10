package dev.skald.querier.cache;

import dev.skald.logql.eval.QueryResult.Matrix;

/** Computes the results of a metric query at some of its steps. Times in unix nanoseconds. */
public interface StepResults {

  /** Computes the result at all steps between two of them, both included. */
  Matrix compute(long first, long last);

  /** Looks at what data there is by now; what {@link #state} returns follows from it. */
  void look();

  /**
   * Returns what the result at steps between two of them, both included, follows from, as of the
   * last look. Null if the result is not to be kept.
   */
  DataState state(long first, long last);
}
