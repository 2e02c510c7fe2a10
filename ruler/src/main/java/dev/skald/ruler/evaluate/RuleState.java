package dev.skald.ruler.evaluate;

import java.util.List;

/** What a rule knows from one evaluation to the next. For one thread at a time. */
sealed interface RuleState permits AlertingState, RecordingState {
  /**
   * Evaluates the rule; what it knows stays as it was if that fails, unless the result is beyond
   * the limit of the group.
   *
   * @return the samples that it gives
   * @throws dev.skald.logql.QueryException if the query fails
   * @throws EvaluationException if its result cannot be used
   */
  List<RecordedSample> evaluate(Round round) throws InterruptedException;
}
