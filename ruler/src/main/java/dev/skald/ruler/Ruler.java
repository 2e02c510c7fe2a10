package dev.skald.ruler;

import dev.skald.ruler.evaluate.EvaluationEnvironment;
import dev.skald.ruler.evaluate.GroupRunner;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.rules.RuleSnapshot;
import dev.skald.ruler.rules.RuleSource;
import dev.skald.ruler.status.GroupStatus;
import dev.skald.ruler.status.RulerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the rules of a source, each group on its interval. {@link #tick} and {@link #close} are
 * for one thread at a time, {@link #groups} is for any.
 */
public final class Ruler implements RulerStatus, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ruler.class);

  private final RuleSource source;
  private final EvaluationEnvironment environment;
  private final Map<RuleGroup.Key, GroupRunner> runners = new ConcurrentHashMap<>();
  private RuleSnapshot applied = RuleSnapshot.EMPTY;
  private boolean begun;

  public Ruler(RuleSource source, EvaluationEnvironment environment) {
    this.source = source;
    this.environment = environment;
  }

  /** Takes up what has changed in the rules and evaluates the groups whose time has come. */
  public synchronized void tick(Instant now) {
    if (!begun) {
      Duration tolerance = environment.config().timing().forOutageTolerance();
      environment.states().sweep(now.minus(tolerance));
      begun = true;
    }
    RuleSnapshot current = source.current();
    if (current != applied) {
      apply(current, now);
      applied = current;
    }
    runners.values().removeIf(runner -> !runner.tick(now));
  }

  private void apply(RuleSnapshot snapshot, Instant now) {
    Map<RuleGroup.Key, RuleGroup> wanted = new TreeMap<>();
    snapshot
        .byTenant()
        .forEach(
            (tenant, groups) -> {
              if (environment.config().tenants().has(tenant)) {
                groups.forEach(group -> wanted.put(group.key(), group));
              } else if (!applied.byTenant().containsKey(tenant)) {
                LOG.warn("the rules of tenant {} are not evaluated, as configured", tenant);
              }
            });
    runners.forEach((key, runner) -> runner.want(Optional.ofNullable(wanted.get(key))));
    Set<RuleGroup.Key> known = runners.keySet();
    wanted.forEach(
        (key, group) -> {
          if (!known.contains(key)) {
            runners.put(key, new GroupRunner(group, environment, now));
          }
        });
  }

  @Override
  public List<GroupStatus> groups(String tenant) {
    Duration interval = environment.config().pace().evaluationInterval();
    return source.current().groups(tenant).stream()
        .map(
            group ->
                Optional.ofNullable(runners.get(group.key()))
                    .filter(runner -> runner.group().equals(group))
                    .map(GroupRunner::status)
                    .orElseGet(() -> GroupStatus.unevaluated(group, interval)))
        .toList();
  }

  /** Saves the alerts; to be called when nothing is evaluated any more. */
  @Override
  public synchronized void close() {
    Instant now = environment.clocks().time().instant();
    runners.values().forEach(runner -> runner.save(now));
  }
}
