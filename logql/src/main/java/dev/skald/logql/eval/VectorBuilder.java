package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the result of an instant query; two elements may have the same labels (logql.md §19). */
final class VectorBuilder implements SeriesSink {
  private final StepGrid grid;
  private final QueryContext context;
  private final SeriesLimit limit;
  private final List<StepSeries> elements = new ArrayList<>();

  VectorBuilder(StepGrid grid, QueryContext context, EngineLimits limits) {
    this.grid = grid;
    this.context = context;
    this.limit = new SeriesLimit(limits);
  }

  @Override
  public void accept(StepSeries series) {
    if (!series.isEmpty() && limit.admit()) {
      context.reserve(series.memory() + series.labels().memory());
      elements.add(series);
    }
  }

  /**
   * @param sorted whether a {@code sort} in the query has given the elements their order (§22.1)
   */
  Vector build(boolean sorted) {
    if (!sorted) {
      elements.sort(context.work().counting(Comparator.comparing(StepSeries::labels)));
    }
    List<Labels> labels = elements.stream().map(StepSeries::labels).toList();
    double[] values = elements.stream().mapToDouble(element -> element.value(0)).toArray();
    return new Vector(grid.millis(0), labels, values, limit.warnings());
  }
}
