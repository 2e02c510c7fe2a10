package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.stage.Row.LabelGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Entries of a log query that share a label set, in the order of the query.
 *
 * @param labels what the entries are grouped by
 */
public record ResultStream(Labels labels, List<LogEntry> entries) {
  private static final int ENTRIES_A_PAUSE = 1 << 12;

  /** Groups entries by a label set made of theirs; sorted by its printed text (logql.md §22.3). */
  static List<ResultStream> group(
      List<LogEntry> entries, Function<LabelGroups, Labels> key, Runnable pause) {
    Stride work = new Stride(pause, ENTRIES_A_PAUSE);
    Map<LabelGroups, Labels> keys = new HashMap<>();
    Map<Labels, List<LogEntry>> groups = new HashMap<>();
    for (LogEntry entry : entries) {
      work.step();
      Labels labels = keys.computeIfAbsent(entry.groups(), key);
      groups.computeIfAbsent(labels, any -> new ArrayList<>()).add(entry);
    }
    List<ResultStream> streams = new ArrayList<>(groups.size());
    groups.forEach((labels, members) -> streams.add(new ResultStream(labels, members)));
    Map<Labels, String> texts = new HashMap<>();
    for (Labels labels : groups.keySet()) {
      work.step();
      texts.put(labels, labels.toString());
    }
    Comparator<ResultStream> byText =
        Comparator.comparing(stream -> texts.get(stream.labels), Labels::compareBytes);
    streams.sort(work.counting(byText));
    return streams;
  }
}
