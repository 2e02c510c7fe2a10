package dev.skald.logql.batch;

import dev.skald.logql.Matcher;
import java.util.List;
import java.util.Objects;

/**
 * What a query wants of a source.
 *
 * @param matchers what the labels of a stream must pass, all of them
 * @param start first wanted time, in unix nanoseconds
 * @param end first time that is not wanted any more, in unix nanoseconds
 * @param columns what will be read of an entry beside its time and stream
 * @param order how the blocks will be read; no promise, other orders are slower at most
 */
public record Selection(
    List<Matcher> matchers, long start, long end, Columns columns, ReadOrder order) {
  public Selection {
    matchers = List.copyOf(matchers);
    Objects.requireNonNull(columns, "columns is null");
    Objects.requireNonNull(order, "order is null");
  }

  /** Selects what will be read to the end. */
  public Selection(List<Matcher> matchers, long start, long end, Columns columns) {
    this(matchers, start, end, columns, ReadOrder.EVERYTHING);
  }

  /** Returns whether the times {@code [min, max]} meet the wanted ones. */
  public boolean overlaps(long min, long max) {
    return min < end && max >= start;
  }
}
