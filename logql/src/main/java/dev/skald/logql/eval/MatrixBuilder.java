package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the result of a range query: one series for each label set, sorted. */
final class MatrixBuilder implements SeriesSink {
  /** As they come, and once more in the result. */
  private static final int BYTES_A_POINT = 12 + 16;

  private static final int BYTES_A_SERIES = 256;

  private final StepGrid grid;
  private final QueryContext context;
  private final SeriesLimit limit;
  private final Map<Labels, List<Points>> byLabels = new HashMap<>();

  /** The points of a series that are there. */
  private record Points(int[] steps, double[] values) {}

  MatrixBuilder(StepGrid grid, QueryContext context, EngineLimits limits) {
    this.grid = grid;
    this.context = context;
    this.limit = new SeriesLimit(limits);
  }

  @Override
  public void accept(StepSeries series) {
    if (series.isEmpty()) {
      return;
    }
    List<Points> same = byLabels.get(series.labels());
    if (same == null) {
      if (!limit.admit()) {
        return;
      }
      context.reserve(BYTES_A_SERIES + series.labels().memory());
      same = new ArrayList<>(1);
      byLabels.put(series.labels(), same);
    }
    same.add(points(series));
  }

  private Points points(StepSeries series) {
    int count = series.count();
    context.reserve((long) count * BYTES_A_POINT);
    int[] steps = new int[count];
    double[] values = new double[count];
    int index = 0;
    for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
      steps[index] = step;
      values[index++] = series.value(step);
    }
    return new Points(steps, values);
  }

  Matrix build() {
    List<Series> series = new ArrayList<>(byLabels.size());
    Stride work = context.work();
    byLabels.forEach(
        (labels, points) -> {
          work.step(grid.steps());
          series.add(merge(labels, points));
        });
    SeriesOrder.sort(series, grid, work);
    return new Matrix(series, limit.warnings());
  }

  /** Interleaves series of equal labels; each keeps its point where several have one. */
  private Series merge(Labels labels, List<Points> parts) {
    int[] next = starts(parts);
    int count = next[grid.steps()];
    long[] times = new long[count];
    double[] values = new double[count];
    for (Points part : parts) {
      for (int i = 0; i < part.steps.length; i++) {
        int index = next[part.steps[i]]++;
        times[index] = grid.millis(part.steps[i]);
        values[index] = part.values[i];
      }
    }
    return new Series(labels, times, values);
  }

  /** Returns where the points of each step begin among those of all parts; at last their number. */
  private int[] starts(List<Points> parts) {
    int[] starts = new int[grid.steps() + 1];
    for (Points part : parts) {
      for (int step : part.steps) {
        starts[step + 1]++;
      }
    }
    for (int step = 0; step < grid.steps(); step++) {
      starts[step + 1] += starts[step];
    }
    return starts;
  }
}
