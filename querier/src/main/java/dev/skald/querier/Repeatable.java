package dev.skald.querier;

import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.StageExpr;
import dev.skald.logql.syntax.StageExpr.LabelFormat;
import dev.skald.logql.syntax.StageExpr.LineFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Knows queries whose answer follows from nothing but the data. */
final class Repeatable {
  /** The template functions that read the clock (logql.md §9). */
  private static final Pattern CLOCK = Pattern.compile("\\b(now|date)\\b");

  private Repeatable() {}

  /** Returns whether a query reads data, and surely no clock. */
  static boolean is(MetricExpr metric) {
    List<LogRange> ranges = Selectors.ranges(metric);
    return !ranges.isEmpty()
        && ranges.stream()
            .flatMap(range -> range.query().stages().stream())
            .noneMatch(Repeatable::mayReadClock);
  }

  private static boolean mayReadClock(StageExpr stage) {
    return switch (stage) {
      case LineFormat format -> mayReadClock(format.template());
      case LabelFormat format ->
          format.items().stream().anyMatch(item -> mayReadClock(item.source()));
      default -> false;
    };
  }

  private static boolean mayReadClock(String template) {
    return CLOCK.matcher(template).find();
  }
}
