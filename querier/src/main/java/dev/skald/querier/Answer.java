package dev.skald.querier;

import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryResult;

/**
 * The result of a query and what it took.
 *
 * @param queuedNanos how long it waited for its turn
 * @param runNanos how long it then ran
 */
public record Answer(QueryResult result, EvalStats stats, long queuedNanos, long runNanos) {}
