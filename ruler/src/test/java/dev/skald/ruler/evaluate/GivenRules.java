package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.rules.RuleReader;
import dev.skald.ruler.rules.RuleSnapshot;
import dev.skald.ruler.rules.RuleSource;
import dev.skald.ruler.rules.TemplateSyntax;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules that a test gives as YAML. */
final class GivenRules implements RuleSource {
  private static final RuleReader READER = new RuleReader(new TemplateSyntax());

  private final Map<String, List<RuleGroup>> byTenant = new TreeMap<>();
  private volatile RuleSnapshot current = RuleSnapshot.EMPTY;

  /** Rules of the tenant {@code fake}, in one file. */
  static GivenRules of(String groups) {
    return new GivenRules().give("fake", groups);
  }

  /** Replaces the rules of a tenant. */
  GivenRules give(String tenant, String groups) {
    byTenant.put(
        tenant, READER.file(tenant, "alerts.yaml", groups.getBytes(StandardCharsets.UTF_8)));
    current = new RuleSnapshot(byTenant);
    return this;
  }

  @Override
  public RuleSnapshot current() {
    return current;
  }

  @Override
  public RuleSnapshot poll(Instant now) {
    return current;
  }
}
