package dev.skald.config;

import dev.skald.logql.Matcher;
import java.util.List;

/**
 * What becomes of OpenTelemetry attributes ({@code otlp_config}). The first rule that matches an
 * attribute wins; one that none matches becomes structured metadata.
 *
 * @param ignoreResourceDefaults whether the distributor's list of index labels does not apply
 * @param severityTextAsLabel whether the severity text becomes a stream label
 */
public record OtlpLimits(
    boolean ignoreResourceDefaults,
    List<AttributeRule> resource,
    List<AttributeRule> scope,
    List<AttributeRule> log,
    boolean severityTextAsLabel) {
  public OtlpLimits {
    resource = List.copyOf(resource);
    scope = withoutIndexLabels(scope, "scope_attributes");
    log = withoutIndexLabels(log, "log_attributes");
  }

  public static OtlpLimits defaults() {
    return new OtlpLimits(false, List.of(), List.of(), List.of(), false);
  }

  private static List<AttributeRule> withoutIndexLabels(List<AttributeRule> rules, String key) {
    for (AttributeRule rule : rules) {
      if (rule.action() == Action.INDEX_LABEL) {
        throw new IllegalArgumentException(
            "index_label action is only supported for resource attributes, not in " + key);
      }
    }
    return List.copyOf(rules);
  }

  /** Where an attribute goes. */
  public enum Action {
    INDEX_LABEL,
    STRUCTURED_METADATA,
    DROP
  }

  /**
   * Applies to the attributes of a list, or to those that a regular expression matches as a whole.
   *
   * @param regex null where attributes are listed
   */
  public record AttributeRule(Action action, List<String> attributes, Matcher regex) {
    public AttributeRule {
      Check.present(action, "action");
      attributes = List.copyOf(attributes);
      if (attributes.isEmpty() == (regex == null)) {
        throw new IllegalArgumentException("either attributes or regex must be set");
      }
    }

    /** A rule for the attributes with these names. */
    public static AttributeRule listed(Action action, String... attributes) {
      return new AttributeRule(action, List.of(attributes), null);
    }

    /**
     * A rule for the attributes whose name matches.
     *
     * @throws dev.skald.logql.regex.RegexSyntaxException if the pattern is malformed
     */
    public static AttributeRule matching(Action action, String regex) {
      return new AttributeRule(
          action, List.of(), new Matcher("attribute", Matcher.Type.REGEX, regex));
    }

    public boolean matches(String attribute) {
      return regex == null ? attributes.contains(attribute) : regex.matches(attribute);
    }
  }
}
