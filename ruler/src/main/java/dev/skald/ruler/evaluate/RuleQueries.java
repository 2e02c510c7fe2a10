package dev.skald.ruler.evaluate;

import dev.skald.logql.eval.QueryResult;
import java.time.Instant;

/** Answers the queries of rules. Safe for use by any thread; a call blocks until it is answered. */
@FunctionalInterface
public interface RuleQueries {
  /**
   * Answers a metric query at one moment, within the limits of a query of the tenant: its time and
   * its memory.
   *
   * @throws dev.skald.logql.QueryException if it cannot be answered
   * @throws InterruptedException if the caller is to stop waiting
   */
  QueryResult evaluate(String tenant, String expression, Instant at) throws InterruptedException;
}
