package dev.skald.config;

import java.util.Map;

/**
 * How many rules a tenant may have, 0 for any number, and where its recorded metrics go.
 *
 * @param remoteWriteClients instead of the receivers of those names, or besides all others
 */
public record RuleLimits(
    int maxRulesPerGroup,
    int maxGroups,
    boolean remoteWriteDisabled,
    Map<String, RemoteWriteConfig.Client> remoteWriteClients) {
  public RuleLimits {
    Check.notNegative(maxRulesPerGroup, "ruler_max_rules_per_rule_group");
    Check.notNegative(maxGroups, "ruler_max_rule_groups_per_tenant");
    remoteWriteClients = Map.copyOf(remoteWriteClients);
  }

  public static RuleLimits defaults() {
    return new RuleLimits(0, 0, false, Map.of());
  }
}
