package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order of the series of a matrix (logql.md §22.2). */
final class SeriesOrder {
  private static final long HOUR = 3_600_000_000_000L;

  private SeriesOrder() {}

  /**
   * Sorts by labels; by their text where Loki merges the results of more than one hour.
   *
   * @param work counts comparisons
   */
  static void sort(List<Series> series, StepGrid grid, Stride work) {
    if (Math.floorDiv(grid.start(), HOUR) == Math.floorDiv(grid.last(), HOUR)) {
      series.sort(work.counting(Comparator.comparing(Series::labels)));
      return;
    }
    Map<Labels, String> texts = new HashMap<>();
    for (Series one : series) {
      work.step();
      texts.put(one.labels(), one.labels().toString());
    }
    Comparator<Series> byText =
        Comparator.comparing(one -> texts.get(one.labels()), Labels::compareBytes);
    series.sort(work.counting(byText));
  }
}
