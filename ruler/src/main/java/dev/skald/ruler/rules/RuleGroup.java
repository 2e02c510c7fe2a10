package dev.skald.ruler.rules;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules that are evaluated together, in their order. Immutable.
 *
 * @param namespace the file that it stands in, or what the API put it under
 * @param interval between two evaluations, if it differs from {@code ruler.evaluation_interval}
 * @param queryOffset how far in the past the queries look, if that was said
 * @param limit how many results a rule may have; 0 for any number
 * @param labels added to those of every rule that lacks them, by name in order
 */
public record RuleGroup(
    String tenant,
    String namespace,
    String name,
    Optional<Duration> interval,
    Optional<Duration> queryOffset,
    int limit,
    Map<String, String> labels,
    List<Rule> rules) {
  /** What tells a group from all others. */
  public record Key(String tenant, String namespace, String name) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::tenant).thenComparing(Key::namespace).thenComparing(Key::name);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return tenant + "/" + namespace + "/" + name;
    }
  }

  public RuleGroup {
    labels = InOrder.copy(labels);
    rules = List.copyOf(rules);
  }

  public Key key() {
    return new Key(tenant, namespace, name);
  }

  /** Returns the same group with other rules. */
  public RuleGroup withRules(List<Rule> others) {
    return new RuleGroup(tenant, namespace, name, interval, queryOffset, limit, labels, others);
  }
}
