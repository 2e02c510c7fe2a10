package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.QueryResult.Vector;
import dev.skald.ruler.template.TemplateQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One evaluation of the rules of a group.
 *
 * @param at the moment that it is for
 * @param offset how far before that moment the queries look
 */
record Round(String tenant, Instant at, Duration offset, RuleQueries queries) {
  /**
   * Returns the result of a query; a number is a sample without labels.
   *
   * @throws EvaluationException if it is neither a vector nor a number
   */
  Vector query(String expression) throws InterruptedException {
    QueryResult result = queries.evaluate(tenant, expression, sampleTime());
    return switch (result) {
      case Vector vector -> vector;
      case QueryResult.Scalar scalar ->
          new Vector(
              scalar.time(), List.of(Labels.EMPTY), new double[] {scalar.value()}, List.of());
      case QueryResult.Streams _, QueryResult.Matrix _ ->
          throw new EvaluationException("rule result is not a vector or scalar");
    };
  }

  /** Returns the answers that templates get at this moment. */
  TemplateQueries templates() {
    return new TemplateQueries() {
      @Override
      public Vector evaluate(String expression) throws InterruptedException {
        return query(expression);
      }

      @Override
      public Optional<String> lastLine(String query, Duration within) throws InterruptedException {
        return queries.lastLine(tenant, query, sampleTime(), within);
      }
    };
  }

  /** Returns the moment that the results are of. */
  Instant sampleTime() {
    return at.minus(offset);
  }

  RecordedSample sample(Labels labels, double value) {
    return new RecordedSample(labels, sampleTime().toEpochMilli(), value);
  }
}
