package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import java.util.List;

/** {@code absent_over_time}: 1 wherever the whole selector has no sample (logql.md §16.2). */
final class AbsentOverTime {
  private AbsentOverTime() {}

  /**
   * @param counts the number of samples of all series together, none where there are none
   */
  static StepSeries of(RangeAggregation aggregation, StepSeries counts, StepGrid grid) {
    Labels labels = labels(aggregation.range().query().matchers());
    StepSeries result = new StepSeries(labels, 0, grid.steps());
    for (int step = 0; step < grid.steps(); step++) {
      if (!counts.has(step)) {
        result.set(step, 1);
      }
    }
    return result;
  }

  /** Returns what the selector says for certain of a stream that it would match. */
  private static Labels labels(List<Matcher> matchers) {
    Labels.Builder labels = new Labels.Builder();
    for (Matcher matcher : matchers) {
      boolean said =
          matcher.type() == Matcher.Type.EQUAL
              && !matcher.value().isEmpty()
              && !matcher.name().equals("__name__");
      if (said && isOnlyOneOfItsName(matcher, matchers)) {
        labels.add(matcher.name(), matcher.value());
      }
    }
    return labels.build();
  }

  private static boolean isOnlyOneOfItsName(Matcher matcher, List<Matcher> matchers) {
    int count = 0;
    for (Matcher other : matchers) {
      count += other.name().equals(matcher.name()) ? 1 : 0;
    }
    return count == 1;
  }
}
