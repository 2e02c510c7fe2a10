package dev.skald.ruler.status;

import dev.skald.ruler.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a rule stands.
 *
 * @param state of an alerting rule: that of the alert that has come furthest
 * @param lastError empty if the last evaluation went well
 * @param lastEvaluation when it began, if there was one
 * @param evaluationTime how long it took
 * @param alerts of an alerting rule: those that are pending or firing
 */
public record RuleStatus(
    Rule rule,
    AlertState state,
    RuleHealth health,
    String lastError,
    Optional<Instant> lastEvaluation,
    Duration evaluationTime,
    List<AlertStatus> alerts) {
  public RuleStatus {
    alerts = List.copyOf(alerts);
  }

  /** Returns the status of a rule that was never evaluated. */
  public static RuleStatus unevaluated(Rule rule) {
    return new RuleStatus(
        rule,
        AlertState.UNKNOWN,
        RuleHealth.UNKNOWN,
        "",
        Optional.empty(),
        Duration.ZERO,
        List.of());
  }
}
