package dev.skald.ruler.template;

import dev.skald.logql.eval.QueryResult;

/** Answers the queries of templates at the moment that the alert is of. */
@FunctionalInterface
public interface TemplateQueries {
  /**
   * @throws dev.skald.logql.QueryException if there is no answer
   */
  QueryResult.Vector evaluate(String expression) throws InterruptedException;
}
