package dev.skald.ruler.status;

import dev.skald.ruler.rules.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a group stands.
 *
 * @param interval in force, its own or the configured one
 * @param lastEvaluation when it began, if there was one
 * @param evaluationTime how long it took
 * @param rules in the order of the group
 */
public record GroupStatus(
    RuleGroup group,
    Duration interval,
    Optional<Instant> lastEvaluation,
    Duration evaluationTime,
    List<RuleStatus> rules) {
  public GroupStatus {
    rules = List.copyOf(rules);
  }

  /**
   * Returns the status of a group that was never evaluated.
   *
   * @param interval of groups that name none
   */
  public static GroupStatus unevaluated(RuleGroup group, Duration interval) {
    return new GroupStatus(
        group,
        group.interval().orElse(interval),
        Optional.empty(),
        Duration.ZERO,
        group.rules().stream().map(RuleStatus::unevaluated).toList());
  }

  /** Returns the same status with some of its rules. */
  public GroupStatus withRules(List<RuleStatus> some) {
    return new GroupStatus(group, interval, lastEvaluation, evaluationTime, some);
  }
}
