package dev.skald.ruler.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All rules in force at one moment. Immutable.
 *
 * @param byTenant the groups of each tenant that has any, by namespace; those of a namespace as
 *     they stand in it
 */
public record RuleSnapshot(Map<String, List<RuleGroup>> byTenant) {
  public static final RuleSnapshot EMPTY = new RuleSnapshot(Map.of());

  public RuleSnapshot {
    Map<String, List<RuleGroup>> copy = new TreeMap<>();
    byTenant.forEach((tenant, groups) -> copy.put(tenant, List.copyOf(groups)));
    byTenant = Collections.unmodifiableMap(copy);
  }

  /** Returns the snapshot of groups that are ordered by tenant and namespace. */
  static RuleSnapshot of(Collection<RuleGroup> groups) {
    Map<String, List<RuleGroup>> byTenant = new TreeMap<>();
    groups.forEach(
        group -> byTenant.computeIfAbsent(group.tenant(), t -> new ArrayList<>()).add(group));
    return new RuleSnapshot(byTenant);
  }

  /** Returns the groups of a tenant. */
  public List<RuleGroup> groups(String tenant) {
    return byTenant.getOrDefault(tenant, List.of());
  }

  /** Returns the groups of a tenant by namespace. */
  public Map<String, List<RuleGroup>> namespaces(String tenant) {
    Map<String, List<RuleGroup>> namespaces = new LinkedHashMap<>();
    groups(tenant)
        .forEach(
            group ->
                namespaces.computeIfAbsent(group.namespace(), n -> new ArrayList<>()).add(group));
    return namespaces;
  }

  public Optional<RuleGroup> group(RuleGroup.Key key) {
    return groups(key.tenant()).stream().filter(group -> group.key().equals(key)).findFirst();
  }

  /** Returns the groups of all tenants. */
  Map<RuleGroup.Key, RuleGroup> byKey() {
    Map<RuleGroup.Key, RuleGroup> byKey = new TreeMap<>();
    byTenant.values().forEach(groups -> groups.forEach(group -> byKey.put(group.key(), group)));
    return byKey;
  }
}
