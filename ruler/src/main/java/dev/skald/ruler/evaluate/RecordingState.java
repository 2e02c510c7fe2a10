package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult;
import dev.skald.ruler.rules.RecordingRule;
import java.util.ArrayList;
import java.util.List;

/** A recording rule: its results are samples of a metric of its name. */
final class RecordingState implements RuleState {
  private final RecordingRule rule;
  private final RuleContext context;

  RecordingState(RecordingRule rule, RuleContext context) {
    this.rule = rule;
    this.context = context;
  }

  @Override
  public List<RecordedSample> evaluate(Round round) throws InterruptedException {
    QueryResult.Vector result = round.query(rule.expression().text());
    RuleContext.Distinct distinct = new RuleContext.Distinct("rule");
    List<RecordedSample> samples = new ArrayList<>();
    for (int i = 0; i < result.values().length; i++) {
      Labels labels = distinct.check(labels(result.labels().get(i)));
      samples.add(round.sample(labels, result.values()[i]));
    }
    context.checkLimit(samples.size(), "series");
    return samples;
  }

  private Labels labels(Labels result) {
    Labels.Builder builder = RuleContext.named(result, rule.name()).toBuilder();
    context.labels(rule).forEach((name, value) -> RuleContext.set(builder, name, value));
    return builder.build();
  }
}
