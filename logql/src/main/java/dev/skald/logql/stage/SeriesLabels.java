package dev.skald.logql.stage;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import java.util.List;

/**
 * Which labels of an entry name its series (logql.md §8.6, §15.3).
 *
 * @param kind how {@code names} are to be taken
 * @param names the labels that are kept, or those that are left out
 */
record SeriesLabels(Kind kind, List<String> names) {
  /** How the labels of a series are chosen. */
  enum Kind {
    /** All of them. */
    ALL,
    /** None: everything is one series. */
    NONE,
    /** The named ones that are present. */
    BY,
    /** All that are not named; empty ones vanish where series are aggregated. */
    WITHOUT
  }

  private static final SeriesLabels OF_ALL = new SeriesLabels(Kind.ALL, List.of());
  private static final SeriesLabels OF_NONE = new SeriesLabels(Kind.NONE, List.of());

  SeriesLabels {
    names = List.copyOf(names);
  }

  /**
   * @param insideSum whether a {@code sum} encloses the aggregation directly
   * @param outer the grouping of that {@code sum}, or null
   */
  static SeriesLabels of(RangeAggregation aggregation, boolean insideSum, Grouping outer) {
    Grouping own = aggregation.grouping();
    return switch (aggregation.op()) {
      case ABSENT_OVER_TIME -> OF_NONE;
      case RATE, COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME, SUM_OVER_TIME ->
          own == null && insideSum ? of(outer, OF_NONE) : of(own, OF_ALL);
      default -> of(own, OF_ALL);
    };
  }

  private static SeriesLabels of(Grouping grouping, SeriesLabels otherwise) {
    if (grouping == null) {
      return otherwise;
    }
    if (grouping.without()) {
      return new SeriesLabels(Kind.WITHOUT, grouping.labels());
    }
    return grouping.labels().isEmpty() ? OF_NONE : new SeriesLabels(Kind.BY, grouping.labels());
  }

  /** Returns whether an entry's labels are wanted that the query does not name. */
  boolean wantsUnnamed() {
    return kind == Kind.ALL || kind == Kind.WITHOUT;
  }
}
