package dev.skald.logql.stage;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.List;

/**
 * Which labels of an entry name its series (logql.md §8.6, §15.3).
 *
 * @param kind how {@code names} are to be taken
 * @param names the labels that are kept, or those that are left out
 * @param parsesAll whether parsers make every label though it may not be kept, so that they fail
 *     where they would if all labels were kept
 */
record SeriesLabels(Kind kind, List<String> names, boolean parsesAll) {
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

  private static final SeriesLabels OF_ALL = new SeriesLabels(Kind.ALL, List.of(), true);
  private static final SeriesLabels OF_NONE = new SeriesLabels(Kind.NONE, List.of(), false);

  SeriesLabels {
    names = List.copyOf(names);
  }

  /**
   * @param outer the vector aggregation directly around the range aggregation, or null
   */
  static SeriesLabels of(RangeAggregation aggregation, VectorAggregation outer) {
    Grouping own = aggregation.grouping();
    if (aggregation.op() == RangeOp.ABSENT_OVER_TIME) {
      return OF_NONE;
    }
    if (own == null && outer != null) {
      if (isSumOfSums(aggregation, outer)) {
        return of(outer.grouping(), OF_NONE);
      }
      if (isExtremeOfExtremes(aggregation, outer)) {
        SeriesLabels group = of(outer.grouping(), OF_NONE);
        return new SeriesLabels(group.kind, group.names, true);
      }
    }
    return of(own, OF_ALL);
  }

  /** A sum lets the extraction of samples directly inside it know what it will ask for (§8.6). */
  private static boolean isSumOfSums(RangeAggregation aggregation, VectorAggregation outer) {
    return outer.op() == VectorOp.SUM
        && switch (aggregation.op()) {
          case RATE, COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME, SUM_OVER_TIME -> true;
          default -> false;
        };
  }

  /**
   * The largest of the largest is the largest of all, so that the series inside need not be told
   * apart, unless the grouping names what only they have.
   */
  private static boolean isExtremeOfExtremes(
      RangeAggregation aggregation, VectorAggregation outer) {
    boolean extremes =
        outer.op() == VectorOp.MAX && aggregation.op() == RangeOp.MAX_OVER_TIME
            || outer.op() == VectorOp.MIN && aggregation.op() == RangeOp.MIN_OVER_TIME;
    return extremes
        && aggregation.range().unwrap() != null
        && (outer.grouping() == null
            || outer.grouping().labels().stream()
                .noneMatch(
                    name ->
                        name.startsWith(EntryError.NAME)
                            || name.equals(aggregation.range().unwrap().label())));
  }

  private static SeriesLabels of(Grouping grouping, SeriesLabels otherwise) {
    if (grouping == null) {
      return otherwise;
    }
    if (grouping.without()) {
      return new SeriesLabels(Kind.WITHOUT, grouping.labels(), true);
    }
    return grouping.labels().isEmpty()
        ? OF_NONE
        : new SeriesLabels(Kind.BY, grouping.labels(), false);
  }
}
