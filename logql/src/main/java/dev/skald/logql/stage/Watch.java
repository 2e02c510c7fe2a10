package dev.skald.logql.stage;

import dev.skald.logql.QueryException;

/**
 * Hears from the stages of a query while they work, every some hundred lines or some hundred
 * kilobytes, also in the middle of a batch.
 */
@FunctionalInterface
public interface Watch {
  /** Lets everything pass. */
  Watch NONE = heldBytes -> {};

  /**
   * Looks at what is going on.
   *
   * @param heldBytes about how much memory the stages hold now
   * @throws QueryException if the query is to end
   */
  void look(long heldBytes);
}
