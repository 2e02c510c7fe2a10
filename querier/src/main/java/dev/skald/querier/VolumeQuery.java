package dev.skald.querier;

import dev.skald.logql.Matcher;
import java.util.List;

/**
 * Asks how many bytes streams have (http-api.md §7.7). Times in unix nanoseconds.
 *
 * @param matchers none for every stream
 * @param end first time that is not wanted any more
 * @param limit how many of the largest volumes are wanted
 * @param targetLabels names to add up by; none for those of the matchers
 * @param byName whether volumes are added up for each label name instead of each label set
 */
public record VolumeQuery(
    List<Matcher> matchers,
    long start,
    long end,
    int limit,
    List<String> targetLabels,
    boolean byName) {
  public VolumeQuery {
    matchers = List.copyOf(matchers);
    targetLabels = List.copyOf(targetLabels);
  }
}
