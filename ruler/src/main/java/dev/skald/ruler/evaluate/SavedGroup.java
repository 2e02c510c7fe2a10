package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.RuleGroup;
import java.time.Instant;
import java.util.List;

/** The alerts of a group as they outlive the process. */
record SavedGroup(RuleGroup.Key key, Instant savedAt, List<SavedRule> rules) {
  SavedGroup {
    rules = List.copyOf(rules);
  }
}
