package dev.skald.distributor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Collects why parts of a push were not taken and tells the client of all in one text: a message
 * that stands alone as it is, else each distinct one with its count (http-api.md §4.6).
 */
final class Rejections {
  private static final class Count {
    private long entries;
  }

  private final Map<Rejection, Count> counts = new LinkedHashMap<>();

  void add(Rejection rejection) {
    counts.computeIfAbsent(rejection, r -> new Count()).entries++;
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  Rejection summary() {
    Map.Entry<Rejection, Count> first = counts.entrySet().iterator().next();
    if (counts.size() == 1 && first.getValue().entries == 1) {
      return first.getKey();
    }
    StringJoiner text = new StringJoiner("; ");
    counts.forEach(
        (rejection, count) -> text.add(count.entries + " errors like: " + rejection.message()));
    return Rejection.badRequest(first.getKey().reason(), text.toString());
  }
}
