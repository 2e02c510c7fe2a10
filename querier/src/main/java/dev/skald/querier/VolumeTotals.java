package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds up the bytes of streams by what a volume query groups them by. */
final class VolumeTotals {
  private static final Comparator<Map.Entry<Labels, Long>> LARGEST_FIRST =
      Map.Entry.<Labels, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final VolumeQuery query;
  private final Stride work;

  /** The labels to group by; empty for all. */
  private final Set<String> names;

  private final Map<Labels, Long> bytes = new HashMap<>();

  /**
   * @param work counts streams and groups
   */
  VolumeTotals(VolumeQuery query, Stride work) {
    this.query = query;
    this.work = work;
    this.names = new LinkedHashSet<>(query.targetLabels());
    if (names.isEmpty() && !query.byName()) {
      query.matchers().stream().map(Matcher::name).forEach(names::add);
    }
  }

  void add(List<StreamStats> streams) {
    for (StreamStats stream : streams) {
      work.step();
      long size = ReportedSize.bytes(stream);
      for (Labels group : groups(stream.labels())) {
        bytes.merge(group, size, Long::sum);
      }
    }
  }

  /** Adds what another has; both must be of the same query. */
  void add(VolumeTotals other) {
    other.bytes.forEach(
        (group, size) -> {
          work.step();
          bytes.merge(group, size, Long::sum);
        });
  }

  /** Returns the bytes of a group, or null if it has no stream. */
  Long of(Labels group) {
    return bytes.get(group);
  }

  /**
   * Returns the largest groups.
   *
   * @param maxSeries how many groups there may be at all; 0 for any number
   */
  List<Labels> largest(int maxSeries) {
    if (maxSeries > 0 && bytes.size() > maxSeries) {
      throw QueryException.badRequest(
          "the query hit the max number of series limit (limit: " + maxSeries + " series)");
    }
    return bytes.entrySet().stream()
        .sorted(work.counting(LARGEST_FIRST))
        .limit(query.limit())
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Labels> groups(Labels stream) {
    return query.byName() ? byName(stream) : bySeries(stream);
  }

  private List<Labels> byName(Labels stream) {
    List<Labels> groups = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      if (names.isEmpty() || names.contains(stream.name(i))) {
        groups.add(Labels.of(stream.name(i), ""));
      }
    }
    return groups;
  }

  /** A stream that lacks a target label is left out; one that lacks a matcher's label is not. */
  private List<Labels> bySeries(Labels stream) {
    if (names.isEmpty()) {
      return List.of(stream);
    }
    Labels.Builder group = new Labels.Builder();
    for (String name : names) {
      String value = stream.get(name);
      if (value != null) {
        group.add(name, value);
      } else if (!query.targetLabels().isEmpty()) {
        return List.of();
      }
    }
    return List.of(group.build());
  }
}
