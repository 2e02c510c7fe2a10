package dev.skald.ruler.rules;

import java.util.Map;

/**
 * A rule whose results are the samples of a metric.
 *
 * @param labels by name in order
 */
public record RecordingRule(String name, RuleExpression expression, Map<String, String> labels)
    implements Rule {
  public RecordingRule {
    labels = InOrder.copy(labels);
  }
}
