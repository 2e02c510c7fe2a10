package dev.skald.distributor;

import dev.skald.distributor.Rejection.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Collects why parts of a push were not taken and tells the client of all in one text: a message
 * that stands alone as it is, else each distinct one with its count (http-api.md §4.6).
 */
final class Rejections {
  /** Once so many characters are told, further messages are only counted. */
  private static final int MOST_TEXT = 1 << 20;

  private static final int DROPPED_IN_SILENCE = 200;

  private static final class Count {
    private long entries;
  }

  private final Map<Rejection, Count> counts = new LinkedHashMap<>();
  private Rejection blocked;
  private long text;
  private long untold;

  void add(Rejection rejection) {
    if (rejection.status() == Status.BLOCKED) {
      blocked = rejection.blockStatus() == DROPPED_IN_SILENCE ? null : rejection;
      return;
    }
    Count count = counts.get(rejection);
    if (count == null && text >= MOST_TEXT) {
      untold++;
      return;
    }
    if (count == null) {
      count = new Count();
      counts.put(rejection, count);
      text += rejection.message().length();
    }
    count.entries++;
  }

  /** Returns what the client is told, or null if everything was taken. */
  Rejection summary() {
    if (counts.isEmpty()) {
      return blocked;
    }
    Map.Entry<Rejection, Count> first = counts.entrySet().iterator().next();
    if (counts.size() == 1 && first.getValue().entries == 1 && untold == 0) {
      return first.getKey();
    }
    StringJoiner all = new StringJoiner("; ");
    counts.forEach(
        (rejection, count) -> all.add(count.entries + " errors like: " + rejection.message()));
    if (untold > 0) {
      all.add(untold + " more errors");
    }
    return Rejection.badRequest(first.getKey().reason(), all.toString());
  }
}
