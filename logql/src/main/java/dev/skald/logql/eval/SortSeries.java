package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;
import java.util.Comparator;
import java.util.List;

/**
 * {@code sort} and {@code sort_desc}: order the elements of an instant query by value, NaN last.
 */
final class SortSeries {
  private SortSeries() {}

  /** Sorts series of one step that have a value there. */
  static void sort(List<StepSeries> series, boolean descending, Stride work) {
    Comparator<StepSeries> byValue =
        (a, b) -> {
          double x = a.value(0);
          double y = b.value(0);
          if (Double.isNaN(x) || Double.isNaN(y)) {
            return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
          }
          return x == y ? 0 : x < y != descending ? -1 : 1;
        };
    series.sort(work.counting(byValue));
  }
}
