package dev.skald.ruler.rules;

import java.time.Duration;
import java.util.Map;

/**
 * A rule each of whose results is an alert.
 *
 * @param holdFor {@code for}: how long a result must be there before its alert fires
 * @param keepFiringFor how long an alert goes on after its result has gone
 * @param labels templates, by name in order
 * @param annotations templates, by name in order
 */
public record AlertingRule(
    String name,
    RuleExpression expression,
    Duration holdFor,
    Duration keepFiringFor,
    Map<String, String> labels,
    Map<String, String> annotations)
    implements Rule {
  public AlertingRule {
    labels = InOrder.copy(labels);
    annotations = InOrder.copy(annotations);
  }
}
