package dev.skald.logql.eval;

import dev.skald.logql.QueryException;
import java.util.List;

/** Counts the series of a result against the limit (logql.md §23). */
final class SeriesLimit {
  private final EngineLimits limits;
  private int count;
  private boolean truncated;

  SeriesLimit(EngineLimits limits) {
    this.limits = limits;
  }

  /**
   * Returns whether there is room for one more series.
   *
   * @throws QueryException if there is none, unless the result is to be truncated
   */
  boolean admit() {
    if (limits.maxSeries() <= 0 || count < limits.maxSeries()) {
      count++;
      return true;
    }
    if (!limits.truncate()) {
      throw QueryException.badRequest(
          reached()
              + "consider reducing query cardinality by adding more specific stream selectors,"
              + " reducing the time range, or aggregating results with functions like sum(),"
              + " count() or topk()");
    }
    truncated = true;
    return false;
  }

  private String reached() {
    return "maximum number of series (" + limits.maxSeries() + ") reached for a single query; ";
  }

  /** Returns what to tell the client of a truncated result. */
  List<String> warnings() {
    return truncated ? List.of(reached() + "returning partial results") : List.of();
  }
}
