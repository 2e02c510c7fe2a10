package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evaluates {@code sum}, {@code avg} and what else makes one series of a group. */
final class VectorEvaluation implements SeriesSink {
  private static final long GROUP_BYTES = 160;

  private final VectorAggregation aggregation;
  private final StepGrid grid;
  private final QueryContext context;
  private final GroupKey key;
  private final Map<Labels, GroupFold> groups = new LinkedHashMap<>();

  VectorEvaluation(VectorAggregation aggregation, StepGrid grid, QueryContext context) {
    this.aggregation = aggregation;
    this.grid = grid;
    this.context = context;
    this.key = GroupKey.grouping(aggregation.grouping());
  }

  @Override
  public void accept(StepSeries series) {
    Labels labels = key.of(series.labels());
    GroupFold group = groups.get(labels);
    if (group == null) {
      long own = labels == series.labels() ? 0 : labels.memory();
      context.reserve(GROUP_BYTES + own + StepSeries.memory(grid.steps()) + 8L * grid.steps());
      group = GroupFold.of(aggregation.op(), labels, grid.steps());
      groups.put(labels, group);
    }
    group.add(series);
  }

  /** Yields the groups in the order in which they were met. */
  void finish(SeriesSink sink) {
    for (GroupFold group : groups.values()) {
      sink.accept(group.result());
    }
  }
}
