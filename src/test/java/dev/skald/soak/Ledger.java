package dev.skald.soak;

import dev.skald.storage.TestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one tenant was promised, entry by entry; no two entries are the same. */
final class Ledger {
  private enum State {
    /** Acknowledged, or seen by a reader: there exactly once from then on. */
    KEPT,
    /** Refused: not there, until a crash perhaps brings it back. */
    REFUSED,
    /** A crash came in between: there once or not at all. */
    OPEN
  }

  private final Map<TestEntry, State> entries = new HashMap<>();

  void acknowledged(List<TestEntry> pushed) {
    pushed.forEach(entry -> entries.put(entry, State.KEPT));
  }

  void refused(List<TestEntry> pushed) {
    pushed.forEach(entry -> entries.put(entry, State.REFUSED));
  }

  /** A log may hold what was refused, as a failed write may have been one after all. */
  void crashed() {
    entries.replaceAll((entry, state) -> state == State.REFUSED ? State.OPEN : state);
  }

  /**
   * The log is lost, and with it what was not sealed, unless it was sealed and the answer did not
   * come.
   */
  void logLost(Set<TestEntry> sealed) {
    entries.replaceAll((entry, state) -> sealed.contains(entry) ? state : State.OPEN);
  }

  int size() {
    return entries.size();
  }

  /** Returns what is wrong with what a reader sees, a sentence each; at most some. */
  List<String> check(List<TestEntry> seen) {
    List<String> wrong = new ArrayList<>();
    Map<TestEntry, Integer> counts = new HashMap<>();
    seen.forEach(entry -> counts.merge(entry, 1, Integer::sum));
    counts.forEach(
        (entry, count) -> {
          State state = entries.get(entry);
          if (state == null) {
            wrong.add("never pushed: " + entry);
          } else if (state == State.REFUSED) {
            wrong.add("refused and yet there: " + entry);
          } else if (count > 1) {
            wrong.add(count + " times there: " + entry);
          }
          entries.computeIfPresent(entry, (same, old) -> State.KEPT);
        });
    entries.forEach(
        (entry, state) -> {
          if (state == State.KEPT && !counts.containsKey(entry)) {
            wrong.add("lost: " + entry);
          }
        });
    return wrong.subList(0, Math.min(5, wrong.size()));
  }
}
