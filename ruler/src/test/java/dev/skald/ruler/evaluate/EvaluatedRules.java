package dev.skald.ruler.evaluate;

import dev.skald.config.RulerConfig;
import dev.skald.config.RulerConfig.AlertOrigin;
import dev.skald.config.RulerConfig.ServedTenants;
import dev.skald.ruler.Ruler;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.rules.RuleSource;
import dev.skald.ruler.status.AlertStatus;
import dev.skald.ruler.status.RuleStatus;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.object.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** A ruler whose time a test lets pass, with what leaves it. */
final class EvaluatedRules implements AlertSink, SampleSink, EvaluationListener {
  static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  final FakeQueries queries = new FakeQueries();
  final List<Alert> sent = new ArrayList<>();
  final List<RecordedSample> samples = new ArrayList<>();
  final List<String> heard = new ArrayList<>();
  private final RuleSource source;
  private final RulerConfig config;
  private final ObjectStore store;
  private final Executor executor;
  private Instant now = START;
  private Ruler ruler;

  EvaluatedRules(RuleSource source) {
    this(source, config("", List.of()), new MemoryStore(), Runnable::run);
  }

  EvaluatedRules(RuleSource source, RulerConfig config, ObjectStore store, Executor executor) {
    this.source = source;
    this.config = config;
    this.store = store;
    this.executor = executor;
    restart();
  }

  /** A configuration with a page of its own and tenants that it passes over. */
  static RulerConfig config(String externalUrl, List<String> disabledTenants) {
    return RulerConfig.defaults()
        .withOrigin(new AlertOrigin(externalUrl, "loki-uid", Map.of("cluster", "eu")))
        .withTenants(new ServedTenants(Set.of(), Set.copyOf(disabledTenants)));
  }

  /** The process ends without a word, and another begins. */
  void restart() {
    EvaluationEnvironment environment =
        new EvaluationEnvironment(
            config,
            queries,
            this,
            this,
            new AlertStates(store, this),
            this,
            executor,
            new EvaluationEnvironment.Clocks(() -> now, () -> now.toEpochMilli() * 1_000_000));
    ruler = new Ruler(source, environment);
    ruler.tick(now);
  }

  void close() {
    ruler.close();
  }

  Instant now() {
    return now;
  }

  /** Time passes, looked at every second. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(1);
      ruler.tick(now);
    }
  }

  /** Time passes while nobody looks. */
  void skip(Duration time) {
    now = now.plus(time);
  }

  void tick() {
    ruler.tick(now);
  }

  List<RuleStatus> rules(String tenant) {
    return ruler.groups(tenant).stream().flatMap(group -> group.rules().stream()).toList();
  }

  RuleStatus rule() {
    return rules("fake").getFirst();
  }

  /** The alerts that are pending or fire, as {@code name state}. */
  List<String> alerts() {
    return rules("fake").stream()
        .flatMap(rule -> rule.alerts().stream())
        .map(EvaluatedRules::text)
        .toList();
  }

  private static String text(AlertStatus alert) {
    return alert.labels() + " " + alert.state();
  }

  /** What was sent since the last call: labels, whether it fires, and until when. */
  List<String> sent() {
    List<String> texts =
        sent.stream()
            .map(alert -> alert.labels() + (alert.resolved() ? " resolved" : " fires"))
            .toList();
    sent.clear();
    return texts;
  }

  /** What was recorded since the last call. */
  List<String> samples() {
    List<String> texts =
        samples.stream()
            .map(s -> s.labels() + " " + (s.isStale() ? "stale" : Double.toString(s.value())))
            .toList();
    samples.clear();
    return texts;
  }

  /** What was told of evaluations since the last call. */
  List<String> heard() {
    List<String> copy = List.copyOf(heard);
    heard.clear();
    return copy;
  }

  @Override
  public synchronized void send(String tenant, List<Alert> alerts) {
    sent.addAll(alerts);
  }

  @Override
  public synchronized void append(String tenant, List<RecordedSample> some) {
    samples.addAll(some);
  }

  @Override
  public void loaded(RuleGroup.Key group, Duration interval, int rules) {
    heard.add("loaded " + group + " " + interval + " " + rules);
  }

  @Override
  public void unloaded(RuleGroup.Key group) {
    heard.add("unloaded " + group);
  }

  @Override
  public synchronized void missed(RuleGroup.Key group, long evaluations) {
    heard.add("missed " + evaluations);
  }

  @Override
  public synchronized void ruleEvaluated(RuleGroup.Key group, Duration took, boolean failed) {
    if (failed) {
      heard.add("failed");
    }
  }

  @Override
  public synchronized void groupEvaluated(
      RuleGroup.Key group, Instant began, Duration took, int count) {
    heard.add("evaluated " + group.name() + " " + count);
  }

  @Override
  public void corrupt(CorruptDataException what) {
    heard.add("corrupt " + what.problem());
  }

  @Override
  public void saveFailed(RuleGroup.Key group) {
    heard.add("unsaved " + group);
  }
}
