package dev.skald.config;

/** How many rules a tenant may have; 0 for any number. */
public record RuleLimits(int maxRulesPerGroup, int maxGroups, boolean remoteWriteDisabled) {
  public RuleLimits {
    Check.notNegative(maxRulesPerGroup, "ruler_max_rules_per_rule_group");
    Check.notNegative(maxGroups, "ruler_max_rule_groups_per_tenant");
  }

  public static RuleLimits defaults() {
    return new RuleLimits(0, 0, false);
  }
}
