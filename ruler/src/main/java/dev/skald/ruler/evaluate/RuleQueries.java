package dev.skald.ruler.evaluate;

import dev.skald.logql.eval.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers the queries of rules. Safe for use by any thread; a call blocks until it is answered. */
public interface RuleQueries {
  /**
   * Answers a metric query at one moment, within the limits of a query of the tenant: its time and
   * its memory.
   *
   * @throws dev.skald.logql.QueryException if it cannot be answered
   * @throws InterruptedException if the caller is to stop waiting
   */
  QueryResult evaluate(String tenant, String expression, Instant at) throws InterruptedException;

  /**
   * Returns the newest line that a log query finds in the time before a moment, the moment itself
   * included.
   *
   * @throws dev.skald.logql.QueryException if it cannot be answered
   * @throws InterruptedException if the caller is to stop waiting
   */
  Optional<String> lastLine(String tenant, String query, Instant at, Duration within)
      throws InterruptedException;
}
