package dev.skald.querier.cache;

/**
 * What the result of some steps follows from. As long as it equals what it was, so does the result.
 */
public interface DataState {

  /** Returns about how many bytes of memory this takes. */
  long memory();
}
