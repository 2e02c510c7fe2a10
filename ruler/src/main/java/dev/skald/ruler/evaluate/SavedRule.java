package dev.skald.ruler.evaluate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The alerts of a rule as they outlive the process. */
record SavedRule(Identity identity, List<TrackedAlert> alerts) {
  /**
   * What a rule keeps its alerts by when something else of it changes.
   *
   * @param labels not expanded, those of its group among them
   */
  record Identity(String name, Map<String, String> labels) {
    Identity {
      labels = new TreeMap<>(labels);
    }
  }

  SavedRule {
    alerts = List.copyOf(alerts);
  }
}
