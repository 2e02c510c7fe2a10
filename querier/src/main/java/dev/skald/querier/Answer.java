package dev.skald.querier;

import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryResult;
import dev.skald.querier.cache.CacheUse;

/**
 * The result of a query and what it took.
 *
 * @param stats what was done now; what the cache had was not
 * @param queuedNanos how long it waited for its turn
 * @param runNanos how long it then ran
 */
public record Answer(
    QueryResult result, EvalStats stats, CacheUse cache, long queuedNanos, long runNanos) {
  /** An answer that the cache had no part in. */
  public Answer(QueryResult result, EvalStats stats, long queuedNanos, long runNanos) {
    this(result, stats, CacheUse.NONE, queuedNanos, runNanos);
  }
}
