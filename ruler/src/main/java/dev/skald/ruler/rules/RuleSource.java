package dev.skald.ruler.rules;

import java.time.Instant;

/** Where rules come from. Safe for use by any thread. */
public interface RuleSource {
  /** Returns the rules in force, without looking for new ones. */
  RuleSnapshot current();

  /**
   * Looks for new rules. What cannot be read or used now leaves the rules in force that it had
   * before, and is logged and told to the {@link RulesListener}.
   *
   * @return the rules now in force; see {@link RuleChanges#between}
   */
  RuleSnapshot poll(Instant now);
}
