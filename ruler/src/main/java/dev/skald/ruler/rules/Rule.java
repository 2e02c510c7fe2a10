package dev.skald.ruler.rules;

import java.util.Map;

/** A query that is run again and again. Immutable. */
public sealed interface Rule permits AlertingRule, RecordingRule {
  /** The name of the alert, or of the recorded metric. */
  String name();

  RuleExpression expression();

  /** What is added to the labels of the result, by name in order. */
  Map<String, String> labels();
}
