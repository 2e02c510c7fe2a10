package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.RuleGroup;
import dev.skald.storage.object.CorruptionListener;
import java.time.Duration;
import java.time.Instant;

/** Hears how rules are evaluated. Called by any thread; must not block. */
public interface EvaluationListener extends CorruptionListener {
  /** A group is evaluated from now on, or is another than before. */
  void loaded(RuleGroup.Key group, Duration interval, int rules);

  /** A group is evaluated no more. */
  void unloaded(RuleGroup.Key group);

  /** So many evaluations of a group were left out, for an earlier one took too long. */
  void missed(RuleGroup.Key group, long evaluations);

  /** A rule was evaluated. */
  void ruleEvaluated(RuleGroup.Key group, Duration took, boolean failed);

  /**
   * All rules of a group were evaluated.
   *
   * @param samples how many results they had
   */
  void groupEvaluated(RuleGroup.Key group, Instant began, Duration took, int samples);

  /** The alerts of a group could not be saved or removed. */
  void saveFailed(RuleGroup.Key group);
}
