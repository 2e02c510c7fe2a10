package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.ruler.rules.AlertingRule;
import dev.skald.ruler.rules.RecordingRule;
import dev.skald.ruler.rules.Rule;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.status.AlertState;
import dev.skald.ruler.status.AlertStatus;
import dev.skald.ruler.status.RuleHealth;
import dev.skald.ruler.status.RuleStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rule at work: evaluates it, hands on what it gives, and knows how it stands. */
final class RuleRunner {
  private static final Logger LOG = LoggerFactory.getLogger(RuleRunner.class);

  private final Rule rule;
  private final RuleState state;
  private final RuleGroup group;
  private final EvaluationEnvironment environment;
  private Set<Labels> series = Set.of();
  private volatile RuleStatus status;

  RuleRunner(Rule rule, RuleContext context, EvaluationEnvironment environment) {
    this.rule = rule;
    this.group = context.group();
    this.environment = environment;
    this.state =
        switch (rule) {
          case AlertingRule alerting -> new AlertingState(alerting, context);
          case RecordingRule recording -> new RecordingState(recording, context);
        };
    this.status = RuleStatus.unevaluated(rule);
  }

  Rule rule() {
    return rule;
  }

  /** Returns the alerts of the rule, if it is one that has any. */
  Optional<AlertingState> alerting() {
    return state instanceof AlertingState alerting ? Optional.of(alerting) : Optional.empty();
  }

  RuleStatus status() {
    return status;
  }

  /** Goes on where another left off that ran the same rule, or one whose alerts are the same. */
  void adopt(RuleRunner other) {
    series = other.series;
    other.alerting().ifPresent(from -> alerting().ifPresent(to -> to.adopt(from.alerts())));
    if (rule.equals(other.rule)) {
      status = other.status;
    } else {
      showAlerts();
    }
  }

  /** Shows alerts that are there before the first evaluation. */
  void showAlerts() {
    alerting()
        .filter(alerting -> !alerting.status().isEmpty())
        .ifPresent(alerting -> status = status(RuleHealth.UNKNOWN, "", Optional.empty()));
  }

  /** Evaluates the rule; returns how many results it has. */
  int run(Round round, Duration interval) throws InterruptedException {
    Instant began = environment.clocks().time().instant();
    long start = environment.clocks().nanoTime().getAsLong();
    String error = "";
    int results = 0;
    try {
      List<RecordedSample> samples = state.evaluate(round);
      results = samples.size();
      alerting().ifPresent(alerting -> send(alerting.due(round.at(), interval)));
      append(samples, round);
    } catch (QueryException | EvaluationException e) {
      error = failed(e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("evaluating rule {} of group {} failed", rule.name(), group.key(), e);
      error = e.toString();
    }
    Duration took = Duration.ofNanos(environment.clocks().nanoTime().getAsLong() - start);
    status =
        status(
            error.isEmpty() ? RuleHealth.OK : RuleHealth.ERR,
            error,
            Optional.of(new Timing(began, took)));
    environment.listener().ruleEvaluated(group.key(), took, !error.isEmpty());
    return results;
  }

  private record Timing(Instant began, Duration took) {}

  private RuleStatus status(RuleHealth health, String error, Optional<Timing> timing) {
    List<AlertStatus> alerts = alerting().map(AlertingState::status).orElse(List.of());
    return new RuleStatus(
        rule,
        alerting().map(AlertingState::furthest).orElse(AlertState.UNKNOWN),
        health,
        error,
        timing.map(Timing::began),
        timing.map(Timing::took).orElse(Duration.ZERO),
        alerts);
  }

  /** Says why an evaluation failed, once as long as the reason is the same. */
  private String failed(String message) {
    String error = message == null || message.isEmpty() ? "unknown" : message;
    if (!error.equals(status.lastError())) {
      LOG.warn("evaluating rule {} of group {} failed: {}", rule.name(), group.key(), error);
    }
    return error;
  }

  private void send(List<Alert> alerts) {
    if (!alerts.isEmpty()) {
      environment.alerts().send(group.tenant(), alerts);
    }
  }

  /** Hands on samples, and for each series that has gone that it has. */
  private void append(List<RecordedSample> samples, Round round) {
    Set<Labels> now = new LinkedHashSet<>();
    samples.forEach(sample -> now.add(sample.labels()));
    List<RecordedSample> all = new ArrayList<>(samples);
    for (Labels labels : series) {
      if (!now.contains(labels)) {
        all.add(round.sample(labels, RecordedSample.STALE));
      }
    }
    series = now;
    if (!all.isEmpty()) {
      environment.samples().append(group.tenant(), all);
    }
  }

  /** The rule is no more: what fires is resolved, what was recorded has gone. */
  void end(Instant at, Duration offset) {
    alerting().ifPresent(alerting -> send(alerting.end(at)));
    append(List.of(), new Round(group.tenant(), at, offset, environment.queries()));
  }
}
