package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.AlertingRule;
import dev.skald.ruler.rules.RecordingRule;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.status.GroupStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of a group at work, one after the other in their order. For one thread at a time;
 * {@link #status} is for any.
 */
final class GroupEvaluation {
  /** Alerts are saved when one of them has come further, else this often. */
  private static final Duration SAVE_INTERVAL = Duration.ofMinutes(1);

  private final RuleGroup group;
  private final Duration interval;
  private final List<RuleRunner> rules;
  private final EvaluationEnvironment environment;
  private List<AlertLife> savedLives = List.of();
  private Instant savedAt = Instant.MIN;
  private volatile Optional<Timing> last = Optional.empty();

  private record Timing(Instant began, Duration took) {}

  GroupEvaluation(RuleGroup group, EvaluationEnvironment environment) {
    this.group = group;
    this.environment = environment;
    this.interval = group.interval().orElse(environment.config().pace().evaluationInterval());
    RuleContext context = new RuleContext(group, environment.config());
    this.rules =
        group.rules().stream().map(rule -> new RuleRunner(rule, context, environment)).toList();
  }

  RuleGroup group() {
    return group;
  }

  Duration interval() {
    return interval;
  }

  /** Takes over the alerts that were saved before the process started. */
  void restore(Instant now) {
    Duration tolerance = environment.config().timing().forOutageTolerance();
    environment
        .states()
        .load(group.key())
        .filter(saved -> Duration.between(saved.savedAt(), now).compareTo(tolerance) <= 0)
        .ifPresent(saved -> restore(saved, now));
  }

  private void restore(SavedGroup saved, Instant now) {
    List<SavedRule> left = new ArrayList<>(saved.rules());
    for (RuleRunner rule : rules) {
      rule.alerting()
          .ifPresent(
              alerting ->
                  left.stream()
                      .filter(other -> other.identity().equals(alerting.identity()))
                      .findFirst()
                      .ifPresent(
                          found -> {
                            left.remove(found);
                            alerting.restore(found.alerts(), saved.savedAt(), now);
                          }));
      rule.showAlerts();
    }
  }

  /** Goes on where the group left off before it was changed; what is not in it any more ends. */
  void replace(GroupEvaluation other, Instant now) {
    Map<Object, List<RuleRunner>> left = new HashMap<>();
    other.rules.forEach(
        rule -> left.computeIfAbsent(identity(rule), _ -> new ArrayList<>()).add(rule));
    for (RuleRunner rule : rules) {
      List<RuleRunner> same = left.getOrDefault(identity(rule), List.of());
      if (!same.isEmpty()) {
        rule.adopt(same.removeFirst());
      }
    }
    left.values().forEach(gone -> gone.forEach(rule -> rule.end(now, other.offset())));
    last = other.last;
    savedLives = other.savedLives;
    savedAt = other.savedAt;
  }

  /** Recorded series are known by all that the rule says, alerts by name and labels. */
  private static Object identity(RuleRunner rule) {
    return switch (rule.rule()) {
      case AlertingRule _ -> rule.alerting().orElseThrow().identity();
      case RecordingRule recording -> List.of(recording.name(), recording.labels());
    };
  }

  /** The group is no more. */
  void end(Instant now) {
    rules.forEach(rule -> rule.end(now, offset()));
    environment.states().delete(group.key());
  }

  private Duration offset() {
    return group.queryOffset().orElse(Duration.ZERO);
  }

  void run(Instant at) throws InterruptedException {
    Instant began = environment.clocks().time().instant();
    long start = environment.clocks().nanoTime().getAsLong();
    Round round = new Round(group.tenant(), at, offset(), environment.queries());
    int samples = 0;
    for (RuleRunner rule : rules) {
      samples += rule.run(round, interval);
    }
    saveIfDue(at);
    Duration took = Duration.ofNanos(environment.clocks().nanoTime().getAsLong() - start);
    last = Optional.of(new Timing(began, took));
    environment.listener().groupEvaluated(group.key(), began, took, samples);
  }

  private void saveIfDue(Instant now) {
    List<AlertLife> lives = lives();
    boolean old = !lives.isEmpty() && !savedAt.plus(SAVE_INTERVAL).isAfter(now);
    if (old || !lives.equals(savedLives)) {
      save(now);
    }
  }

  private List<AlertLife> lives() {
    return alerting().flatMap(rule -> rule.alerts().stream()).map(TrackedAlert::life).toList();
  }

  private Stream<AlertingState> alerting() {
    return rules.stream().flatMap(rule -> rule.alerting().stream());
  }

  /** Saves the alerts if there are any, or were when they were saved last. */
  void save(Instant now) {
    List<AlertLife> lives = lives();
    if (lives.isEmpty() && savedLives.isEmpty()) {
      return;
    }
    List<SavedRule> saved =
        alerting()
            .filter(rule -> !rule.alerts().isEmpty())
            .map(rule -> new SavedRule(rule.identity(), List.copyOf(rule.alerts())))
            .toList();
    if (environment.states().save(new SavedGroup(group.key(), now, saved))) {
      savedLives = lives;
      savedAt = now;
    }
  }

  GroupStatus status() {
    Optional<Timing> timing = last;
    return new GroupStatus(
        group,
        interval,
        timing.map(Timing::began),
        timing.map(Timing::took).orElse(Duration.ZERO),
        rules.stream().map(RuleRunner::status).toList());
  }
}
