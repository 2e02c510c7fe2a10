package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order of the series of a matrix (logql.md §22.2). */
final class SeriesOrder {
  private static final long HOUR = 3_600_000_000_000L;

  private SeriesOrder() {}

  /** Sorts by labels; by their text where Loki merges the results of more than one hour. */
  static void sort(List<Series> series, StepGrid grid) {
    if (Math.floorDiv(grid.start(), HOUR) == Math.floorDiv(grid.last(), HOUR)) {
      series.sort(Comparator.comparing(Series::labels));
      return;
    }
    Map<Labels, String> texts = new HashMap<>();
    series.forEach(one -> texts.put(one.labels(), one.labels().toString()));
    series.sort(Comparator.comparing(one -> texts.get(one.labels()), Labels::compareBytes));
  }
}
