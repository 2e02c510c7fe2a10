package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.syntax.GoFloat;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Chooses the labels worth to browse by: not those whose values are all ids (http-api.md §7.10).
 */
final class DetectedLabels {
  private static final Set<String> ALWAYS = Set.of("cluster", "namespace", "instance", "pod");
  private static final Set<String> FLAGS = Set.of("0", "1");
  private static final Pattern UUID =
      Pattern.compile(
          "(?i)(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|\\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\}|[0-9a-f]{32}");

  private DetectedLabels() {}

  /**
   * Returns how many values each chosen label has, by name.
   *
   * @param work counts labels and values
   */
  static Map<String, Integer> of(List<StreamStats> streams, Stride work) {
    Map<String, Set<String>> values = new TreeMap<>(Labels::compareBytes);
    for (StreamStats stream : streams) {
      work.step(stream.labels().size());
      Labels labels = stream.labels();
      for (int i = 0; i < labels.size(); i++) {
        values.computeIfAbsent(labels.name(i), name -> new HashSet<>()).add(labels.value(i));
      }
    }
    Map<String, Integer> cardinalities = new TreeMap<>(Labels::compareBytes);
    values.forEach(
        (name, ofLabel) -> {
          if (ALWAYS.contains(name) || FLAGS.containsAll(ofLabel) || !allIds(ofLabel, work)) {
            cardinalities.put(name, ofLabel.size());
          }
        });
    return cardinalities;
  }

  private static boolean allIds(Set<String> values, Stride work) {
    for (String value : values) {
      work.step();
      if (!isNumber(value) && !UUID.matcher(value).matches()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String value) {
    try {
      GoFloat.parse(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
