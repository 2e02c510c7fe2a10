package dev.skald.querier;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A field that was found in lines or in their structured metadata.
 *
 * @param type of the value in the last entry that has one
 * @param values the distinct ones, in the order they were met
 * @param parsers {@code json} and {@code logfmt}, whichever find it; none for structured metadata
 * @param jsonPath the keys that lead to it, outermost first; empty where no JSON line has it
 */
public record DetectedField(
    String label, FieldType type, Set<String> values, List<String> parsers, List<String> jsonPath) {
  public DetectedField {
    values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    parsers = List.copyOf(parsers);
    jsonPath = List.copyOf(jsonPath);
  }
}
