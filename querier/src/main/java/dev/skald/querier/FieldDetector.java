package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.stage.JsonPaths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the fields of entries: their structured metadata, what the query has parsed, and what
 * can be parsed of their lines (http-api.md §7.11). Not safe for use by several threads.
 */
final class FieldDetector {
  private static final String ERRORS = "__error";
  private static final String EXTRACTED = "_extracted";

  private final LineFields lines;
  private final JsonPaths paths;
  private final Runnable pause;
  private final Map<String, Found> fields = new LinkedHashMap<>();

  private static final class Found {
    final Set<String> values = new LinkedHashSet<>();
    final Set<String> parsers = new LinkedHashSet<>();
    String last = "";
    List<String> jsonPath = List.of();
  }

  /**
   * @param pause runs after each entry, and while a long one is at work; what it throws ends that
   */
  FieldDetector(Runnable pause) {
    this.lines = new LineFields(pause);
    this.paths = new JsonPaths(pause);
    this.pause = pause;
  }

  void add(LogEntry entry) {
    pause.run();
    addAll(entry.groups().structuredMetadata(), null);
    addAll(entry.groups().parsed(), null);
    LineFields.Parsed parsed = lines.parse(entry.groups().stream(), entry.line());
    addAll(parsed.fields(), parsed.parser());
    if (parsed.parser().equals(LineFields.JSON)) {
      addPaths(parsed.fields(), entry.line());
    }
  }

  /**
   * @param parser that has found them, or null
   */
  private void addAll(Labels labels, String parser) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).startsWith(ERRORS)) {
        continue;
      }
      Found found = fields.computeIfAbsent(labels.name(i), name -> new Found());
      found.values.add(labels.value(i));
      found.last = labels.value(i);
      if (parser != null) {
        found.parsers.add(parser);
      }
    }
  }

  private void addPaths(Labels labels, byte[] line) {
    Map<String, List<String>> byName = null;
    for (int i = 0; i < labels.size(); i++) {
      Found found = fields.get(labels.name(i));
      if (found != null && found.jsonPath.isEmpty()) {
        byName = byName == null ? paths.of(line) : byName;
        found.jsonPath = path(byName, labels.name(i));
      }
    }
  }

  private static List<String> path(Map<String, List<String>> byName, String name) {
    List<String> path = byName.get(name);
    if (path == null && name.endsWith(EXTRACTED)) {
      path = byName.get(name.substring(0, name.length() - EXTRACTED.length()));
    }
    return path == null ? List.of() : path;
  }

  /** Returns the fields in the order they were met. */
  List<DetectedField> fields() {
    List<DetectedField> detected = new ArrayList<>(fields.size());
    fields.forEach(
        (name, found) ->
            detected.add(
                new DetectedField(
                    name,
                    FieldType.of(found.last),
                    found.values,
                    List.copyOf(found.parsers),
                    found.jsonPath)));
    return detected;
  }
}
