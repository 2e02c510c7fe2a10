package dev.skald.soak;

import dev.skald.storage.TestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What one tenant was promised, entry by entry; no two entries are the same. */
final class Ledger {
  private enum State {
    /** Acknowledged, or seen by a reader: there exactly once from then on. */
    KEPT,
    /** Refused: not there, until a crash perhaps brings it back. */
    REFUSED,
    /** A crash came in between: there once or not at all. */
    OPEN,
    /** It has expired, or a deletion of it was begun: there once, or gone for ever. */
    MAY_GO,
    /** Nobody sees it again. */
    GONE
  }

  private final Map<TestEntry, State> entries = new HashMap<>();

  /** What was acknowledged since deletions were last carried out. */
  private final Set<TestEntry> recent = new HashSet<>();

  void acknowledged(List<TestEntry> pushed) {
    pushed.forEach(entry -> entries.put(entry, State.KEPT));
    recent.addAll(pushed);
  }

  /** Deletions are carried out now. */
  void deleting() {
    recent.clear();
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
    entries.replaceAll(
        (entry, state) ->
            sealed.contains(entry) || state == State.GONE || state == State.MAY_GO
                ? state
                : State.OPEN);
  }

  /** Nobody needs these any more, but they may be there for a while. */
  void mayGo(Predicate<TestEntry> which) {
    entries.replaceAll(
        (entry, state) -> state == State.KEPT && which.test(entry) ? State.MAY_GO : state);
  }

  /**
   * These are not there any more. That they are gone may be heard of late, so that what came since
   * may have come after the deletion.
   */
  void deleted(Predicate<TestEntry> which) {
    entries.replaceAll(
        (entry, state) ->
            (state == State.KEPT || state == State.MAY_GO) && which.test(entry)
                ? recent.contains(entry) ? State.MAY_GO : State.GONE
                : state);
  }

  /** Returns whether an entry must be there, unless it is hidden. */
  boolean keeps(TestEntry entry) {
    return entries.get(entry) == State.KEPT;
  }

  int size() {
    return entries.size();
  }

  /** Returns how many entries nobody will see again. */
  int gone() {
    return (int) entries.values().stream().filter(State.GONE::equals).count();
  }

  /** Returns what is wrong with what a reader sees while nothing is hidden. */
  List<String> check(List<TestEntry> seen) {
    return check(seen, entry -> false);
  }

  /**
   * Returns what is wrong with what a reader sees, a sentence each; at most some.
   *
   * @param hidden what is to be deleted and must not be seen; whether it is there is unknown
   */
  List<String> check(List<TestEntry> seen, Predicate<TestEntry> hidden) {
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
          } else if (state == State.GONE) {
            wrong.add("gone and there again: " + entry);
          } else if (hidden.test(entry)) {
            wrong.add("hidden and yet seen: " + entry);
          } else if (count > 1) {
            wrong.add(count + " times there: " + entry);
          }
          entries.computeIfPresent(entry, (same, old) -> old == State.OPEN ? State.KEPT : old);
        });
    entries.replaceAll(
        (entry, state) -> {
          if (counts.containsKey(entry) || hidden.test(entry)) {
            return state;
          }
          if (state == State.KEPT) {
            wrong.add("lost: " + entry);
          }
          return state == State.MAY_GO ? State.GONE : state;
        });
    return wrong.subList(0, Math.min(5, wrong.size()));
  }
}
