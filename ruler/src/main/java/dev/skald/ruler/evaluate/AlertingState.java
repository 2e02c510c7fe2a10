package dev.skald.ruler.evaluate;

import dev.skald.config.RulerConfig.AlertTiming;
import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.syntax.Printer;
import dev.skald.ruler.rules.AlertingRule;
import dev.skald.ruler.status.AlertState;
import dev.skald.ruler.status.AlertStatus;
import dev.skald.ruler.template.AlertLinks;
import dev.skald.ruler.template.AlertTemplates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An alerting rule and its alerts (config-and-clients.md §2.5, §2.7). */
final class AlertingState implements RuleState {
  private static final String NAME = "alertname";
  private static final String STATE = "alertstate";

  /** Above this, resolved alerts that were sent are forgotten early. */
  private static final int MOST_ALERTS = 10_000;

  private final AlertingRule rule;
  private final RuleContext context;
  private final Map<String, String> ruleLabels;
  private final String generatorUrl;
  private Map<Labels, TrackedAlert> alerts = new LinkedHashMap<>();

  AlertingState(AlertingRule rule, RuleContext context) {
    this.rule = rule;
    this.context = context;
    this.ruleLabels = context.labels(rule);
    this.generatorUrl =
        ExploreLink.of(
            context.config().origin().externalUrl(),
            context.config().origin().datasourceUid(),
            Printer.print(rule.expression().expr()));
  }

  /** What tells whose alerts these are when the rules have changed. */
  SavedRule.Identity identity() {
    return new SavedRule.Identity(rule.name(), ruleLabels);
  }

  Collection<TrackedAlert> alerts() {
    return alerts.values();
  }

  /** Takes over the alerts of a rule that this one replaces. */
  void adopt(Collection<TrackedAlert> others) {
    others.forEach(alert -> alerts.put(alert.labels(), alert));
  }

  /** Takes over what was saved before the process started. */
  void restore(Collection<TrackedAlert> saved, Instant savedAt, Instant now) {
    Duration grace = context.config().timing().forGracePeriod();
    for (TrackedAlert alert : saved) {
      AlertLife life = alert.life().restored(savedAt, now, rule.holdFor(), grace);
      alerts.put(alert.labels(), alert.with(life));
    }
  }

  @Override
  public List<RecordedSample> evaluate(Round round) throws InterruptedException {
    Map<Labels, TrackedAlert> found = found(round);
    Map<Labels, TrackedAlert> next = new LinkedHashMap<>();
    alerts.forEach(
        (labels, alert) -> {
          if (!found.containsKey(labels)) {
            alert
                .life()
                .absent(round.at(), rule.keepFiringFor())
                .ifPresent(life -> next.put(labels, alert.with(life)));
          }
        });
    found.forEach((labels, alert) -> next.put(labels, continued(alert, round.at())));
    forgetSome(next);
    alerts = next;
    checkLimit();
    return samples(round);
  }

  private Map<Labels, TrackedAlert> found(Round round) throws InterruptedException {
    QueryResult.Vector result = round.query(rule.expression().text());
    AlertLinks links =
        new AlertLinks(
            context.config().origin().externalUrl(), context.config().origin().externalLabels());
    AlertTemplates templates =
        new AlertTemplates(rule.name(), links, round.templates(), round.sampleTime());
    RuleContext.Distinct distinct = new RuleContext.Distinct("alert");
    Map<Labels, TrackedAlert> found = new LinkedHashMap<>();
    for (int i = 0; i < result.values().length; i++) {
      TrackedAlert alert = alert(templates, result.labels().get(i), result.values()[i], round);
      found.put(distinct.check(alert.labels()), alert);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("while templates were expanded");
    }
    return found;
  }

  private TrackedAlert alert(AlertTemplates templates, Labels result, double value, Round round) {
    Labels.Builder labels = RuleContext.unnamed(result).toBuilder();
    ruleLabels.forEach(
        (name, text) -> RuleContext.set(labels, name, templates.expand(text, result, value)));
    labels.set(NAME, rule.name());
    Map<String, String> annotations = new TreeMap<>();
    rule.annotations()
        .forEach((name, text) -> annotations.put(name, templates.expand(text, result, value)));
    return new TrackedAlert(
        labels.build(), annotations, value, AlertLife.begin(round.at()), Instant.MIN);
  }

  private TrackedAlert continued(TrackedAlert found, Instant at) {
    TrackedAlert known = alerts.get(found.labels());
    AlertLife before = known == null ? found.life() : known.life();
    AlertLife now = before.present(at, rule.holdFor());
    // One that fires anew is to be sent although it was sent as resolved a moment ago.
    boolean same = known != null && known.isActive();
    return (same ? found.sent(known.sentAt()) : found).with(now);
  }

  private static void forgetSome(Map<Labels, TrackedAlert> alerts) {
    int tooMany = alerts.size() - MOST_ALERTS;
    if (tooMany > 0) {
      List<Labels> resolved =
          alerts.values().stream()
              .filter(alert -> !alert.isActive() && !alert.sentAt().equals(Instant.MIN))
              .limit(tooMany)
              .map(TrackedAlert::labels)
              .toList();
      alerts.keySet().removeAll(resolved);
    }
  }

  private void checkLimit() {
    try {
      context.checkLimit((int) active().count(), "alerts");
    } catch (EvaluationException e) {
      alerts = new LinkedHashMap<>();
      throw e;
    }
  }

  private Stream<TrackedAlert> active() {
    return alerts.values().stream().filter(TrackedAlert::isActive);
  }

  private List<RecordedSample> samples(Round round) {
    List<RecordedSample> samples = new ArrayList<>();
    active()
        .forEach(
            alert -> {
              Labels state =
                  alert.labels().toBuilder()
                      .set(STATE, alert.life().state() == AlertState.FIRING ? "firing" : "pending")
                      .build();
              samples.add(round.sample(RuleContext.named(state, "ALERTS"), 1));
              samples.add(
                  round.sample(
                      RuleContext.named(alert.labels(), "ALERTS_FOR_STATE"),
                      alert.life().activeAt().getEpochSecond()));
            });
    return samples;
  }

  /** Returns the alerts that are to be sent now, which are then taken to be sent. */
  List<Alert> due(Instant at, Duration interval) {
    AlertTiming timing = context.config().timing();
    Duration longest =
        interval.compareTo(timing.resendDelay()) > 0 ? interval : timing.resendDelay();
    Instant validUntil = at.plus(longest.multipliedBy(4));
    List<Alert> due = new ArrayList<>();
    alerts.replaceAll(
        (labels, alert) -> {
          if (!alert.isDue(at, timing.resendDelay())) {
            return alert;
          }
          due.add(alert.alert(validUntil, generatorUrl));
          return alert.sent(at);
        });
    return due;
  }

  /** Ends the rule; returns what is to be sent of the alerts that fired. */
  List<Alert> end(Instant at) {
    List<Alert> resolved =
        active()
            .filter(alert -> alert.life().state() == AlertState.FIRING)
            .map(alert -> alert.with(alert.life().resolved(at)).alert(at, generatorUrl))
            .toList();
    alerts = new LinkedHashMap<>();
    return resolved;
  }

  List<AlertStatus> status() {
    return active().map(TrackedAlert::status).toList();
  }

  /** Returns how far the alert has come that has come furthest. */
  AlertState furthest() {
    return active()
        .map(alert -> alert.life().state())
        .max(Comparator.naturalOrder())
        .orElse(AlertState.INACTIVE);
  }
}
