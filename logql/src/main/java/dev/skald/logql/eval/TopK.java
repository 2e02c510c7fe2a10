package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code topk} and {@code bottomk}: at each step the best members of a group, as they are. */
final class TopK implements SeriesSink {
  private final int k;
  private final boolean largest;
  private final StepGrid grid;
  private final QueryContext context;
  private final GroupKey key;
  private final Map<Labels, List<StepSeries>> groups = new LinkedHashMap<>();

  TopK(VectorAggregation aggregation, StepGrid grid, QueryContext context) {
    this.k = aggregation.parameter();
    this.largest = aggregation.op() == VectorOp.TOPK;
    this.grid = grid;
    this.context = context;
    this.key = GroupKey.grouping(aggregation.grouping());
  }

  @Override
  public void accept(StepSeries series) {
    context.reserve(2 * series.memory());
    groups.computeIfAbsent(key.of(series.labels()), any -> new ArrayList<>()).add(series);
  }

  void finish(SeriesSink sink) {
    for (List<StepSeries> members : groups.values()) {
      StepSeries[] results = members.stream().map(StepSeries::emptyCopy).toArray(StepSeries[]::new);
      Ranking ranking = new Ranking(Math.min(k, members.size()), largest);
      for (int step = 0; step < grid.steps(); step++) {
        context.checkpoint();
        rank(members, step, ranking);
        for (int i = 0; i < ranking.size(); i++) {
          results[ranking.member(i)].set(step, ranking.value(i));
        }
      }
      for (StepSeries result : results) {
        sink.accept(result);
      }
    }
  }

  private static void rank(List<StepSeries> members, int step, Ranking ranking) {
    ranking.clear();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).has(step)) {
        ranking.offer(i, members.get(i).value(step));
      }
    }
  }
}
