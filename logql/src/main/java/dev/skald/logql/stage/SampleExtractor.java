package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;

/**
 * Turns the entries of a metric query's range into samples, and their labels into numbered series
 * (logql.md §15). Holds the row it works on: one thread at a time.
 */
public final class SampleExtractor {

  /**
   * Compiles the pipeline of a range aggregation.
   *
   * @param outer the grouping of a directly enclosing {@code sum}, which the extraction may take
   *     over (logql.md §8.6); null where there is none or it has no grouping
   * @param insideSum whether a {@code sum} encloses the aggregation directly
   * @throws dev.skald.logql.syntax.ParseException if a stage is malformed
   */
  public static SampleExtractor compile(
      RangeAggregation aggregation, boolean insideSum, Grouping outer) {
    throw new UnsupportedOperationException();
  }

  /** Returns what the extraction needs of an entry. */
  public Columns columns() {
    throw new UnsupportedOperationException();
  }

  /** Extracts the samples of a batch, run by run, within a run in time order. */
  public void run(Batch batch, SampleSink sink) {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of series met so far. */
  public int seriesCount() {
    throw new UnsupportedOperationException();
  }

  /** Returns the labels of a series; those of an erroring one hold {@code __error__} (§15.4). */
  public Labels series(int number) {
    throw new UnsupportedOperationException();
  }
}
