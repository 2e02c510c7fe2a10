package dev.skald.server.status;

import dev.skald.config.RulerConfig;
import dev.skald.ruler.evaluate.EvaluationListener;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.storage.object.CorruptDataException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * Counts how rules are evaluated, under Loki's names (config-and-clients.md §2.10). Safe for use by
 * any thread.
 */
public final class EvaluationMetrics implements EvaluationListener {
  private static final String PREFIX = "loki.prometheus.";
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;
  private final RulerConfig config;
  private final Counter corrupt;
  private final Map<RuleGroup.Key, Group> groups = new ConcurrentHashMap<>();
  private final AtomicLong tenants;

  public EvaluationMetrics(MeterRegistry registry, RulerConfig config) {
    this.registry = registry;
    this.config = config;
    this.corrupt = registry.counter("skald.ruler.alerts.corrupt");
    this.tenants = new AtomicLong();
    // Loki's name is that of a counter, though the number may fall.
    FunctionCounter.builder("loki.ruler.managers", tenants, AtomicLong::get).register(registry);
  }

  /** The meters of one group. */
  private final class Group {
    private final List<Meter> meters = new ArrayList<>();
    private final AtomicLong interval = new AtomicLong();
    private final AtomicLong rules = new AtomicLong();
    private final AtomicLong began = new AtomicLong();
    private final AtomicLong took = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final Counter iterations;
    private final Counter missed;
    private final Counter evaluations;
    private final Counter failures;

    Group(Tags tags) {
      iterations = counter("rule.group.iterations", tags);
      missed = counter("rule.group.iterations.missed", tags);
      evaluations = counter("rule.evaluations", tags);
      failures = counter("rule.evaluation.failures", tags);
      gauge("rule.group.interval.seconds", tags, interval, n -> n.get() / NANOS);
      gauge("rule.group.rules", tags, rules, AtomicLong::get);
      gauge("rule.group.last.evaluation.timestamp.seconds", tags, began, n -> n.get() / 1e3);
      gauge("rule.group.last.duration.seconds", tags, took, n -> n.get() / NANOS);
      gauge("rule.group.last.evaluation.samples", tags, samples, AtomicLong::get);
    }

    private Counter counter(String name, Tags tags) {
      Counter counter = registry.counter(PREFIX + name, tags);
      meters.add(counter);
      return counter;
    }

    private void gauge(String name, Tags tags, AtomicLong value, ToDoubleFunction<AtomicLong> of) {
      meters.add(
          Gauge.builder(PREFIX + name, value, of)
              .tags(tags)
              .strongReference(true)
              .register(registry));
    }
  }

  private Group group(RuleGroup.Key key) {
    return groups.computeIfAbsent(key, k -> new Group(tags(k)));
  }

  private Tags tags(RuleGroup.Key key) {
    Tags user = Tags.of("user", key.tenant());
    String path = config.rulePath().resolve(key.tenant()) + "/" + key.namespace();
    return config.groupLabelInMetrics() ? user.and("rule_group", path + ";" + key.name()) : user;
  }

  @Override
  public void loaded(RuleGroup.Key key, Duration interval, int rules) {
    Group group = group(key);
    group.interval.set(interval.toNanos());
    group.rules.set(rules);
    countTenants();
  }

  @Override
  public void unloaded(RuleGroup.Key key) {
    Group group = groups.remove(key);
    if (group != null && config.groupLabelInMetrics()) {
      group.meters.forEach(registry::remove);
    }
    countTenants();
  }

  private void countTenants() {
    tenants.set(groups.keySet().stream().map(RuleGroup.Key::tenant).distinct().count());
  }

  @Override
  public void missed(RuleGroup.Key key, long evaluations) {
    group(key).missed.increment(evaluations);
  }

  @Override
  public void ruleEvaluated(RuleGroup.Key key, Duration took, boolean failed) {
    Group group = group(key);
    group.evaluations.increment();
    if (failed) {
      group.failures.increment();
    }
    timer("rule.evaluation.duration", key).record(took);
  }

  @Override
  public void groupEvaluated(RuleGroup.Key key, Instant began, Duration took, int samples) {
    Group group = group(key);
    group.iterations.increment();
    group.began.set(began.toEpochMilli());
    group.took.set(took.toNanos());
    group.samples.set(samples);
    timer("rule.group.duration", key).record(took);
  }

  private Timer timer(String name, RuleGroup.Key key) {
    return registry.timer(PREFIX + name, "user", key.tenant());
  }

  @Override
  public void corrupt(CorruptDataException what) {
    corrupt.increment();
  }

  @Override
  public void saveFailed(RuleGroup.Key key) {
    registry.counter("skald.ruler.alerts.save.failures", "user", key.tenant()).increment();
  }
}
