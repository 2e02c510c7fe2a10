package dev.skald.ruler.template;

import dev.skald.logql.eval.QueryResult;
import java.time.Duration;
import java.util.Optional;

/** Answers the queries of templates at the moment that the alert is of. */
public interface TemplateQueries {
  /**
   * Answers a metric query.
   *
   * @throws dev.skald.logql.QueryException if there is no answer
   */
  QueryResult.Vector evaluate(String expression) throws InterruptedException;

  /**
   * Returns the newest line that a log query finds.
   *
   * @throws dev.skald.logql.QueryException if there is no answer
   */
  Optional<String> lastLine(String query, Duration within) throws InterruptedException;
}
