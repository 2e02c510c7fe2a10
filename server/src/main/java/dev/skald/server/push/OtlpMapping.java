package dev.skald.server.push;

import dev.skald.config.OtlpLimits;
import dev.skald.config.OtlpLimits.Action;
import dev.skald.config.OtlpLimits.AttributeRule;
import java.util.List;
import java.util.Set;

/**
 * Says what becomes of OpenTelemetry attributes (http-api.md §5.3). Immutable.
 *
 * @param limits of the tenant
 * @param indexLabels resource attributes that become stream labels unless the tenant ignores them
 */
record OtlpMapping(OtlpLimits limits, Set<String> indexLabels) {

  Action resource(String attribute) {
    Action action = first(limits.resource(), attribute);
    if (action != null) {
      return action;
    }
    boolean label = !limits.ignoreResourceDefaults() && indexLabels.contains(attribute);
    return label ? Action.INDEX_LABEL : Action.STRUCTURED_METADATA;
  }

  Action scope(String attribute) {
    Action action = first(limits.scope(), attribute);
    return action == null ? Action.STRUCTURED_METADATA : action;
  }

  /** Whether the severity text of a record becomes a label of its stream. */
  boolean severityTextAsLabel() {
    return limits.severityTextAsLabel();
  }

  /** Whether attributes of log records need to be looked at by name. */
  boolean logRules() {
    return !limits.log().isEmpty();
  }

  Action log(String attribute) {
    Action action = first(limits.log(), attribute);
    return action == null ? Action.STRUCTURED_METADATA : action;
  }

  private static Action first(List<AttributeRule> rules, String attribute) {
    for (AttributeRule rule : rules) {
      if (rule.matches(attribute)) {
        return rule.action();
      }
    }
    return null;
  }
}
