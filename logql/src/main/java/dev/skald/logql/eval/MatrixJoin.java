package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins the results that a metric query has over consecutive parts of a range of time into the one
 * that it has over all of it: no step of a metric query depends on another. For one thread.
 */
public final class MatrixJoin {
  private static final int BYTES_A_POINT = 16;
  private static final int BYTES_A_SERIES = 256;

  private final StepGrid grid;
  private final QueryContext context;
  private final SeriesLimit limit;
  private final Map<Labels, List<Series>> byLabels = new HashMap<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  /**
   * @param range all of it
   * @param context accounts for the joined result; the parts are the caller's
   */
  public MatrixJoin(RangeParameters range, QueryContext context, EngineLimits limits) {
    this.grid = StepGrid.aligned(range);
    this.context = context;
    this.limit = new SeriesLimit(limits);
  }

  /**
   * Adds a part, which lies behind all that were added before.
   *
   * @throws QueryException if there are too many series by now
   */
  public void add(Matrix part) {
    context.checkpoint();
    warnings.addAll(part.warnings());
    for (Series series : part.series()) {
      List<Series> same = byLabels.get(series.labels());
      if (same == null) {
        if (!limit.admit()) {
          continue;
        }
        context.reserve(BYTES_A_SERIES + series.labels().memory());
        same = new ArrayList<>(1);
        byLabels.put(series.labels(), same);
      }
      context.reserve((long) series.times().length * BYTES_A_POINT);
      same.add(series);
    }
  }

  /** Returns the whole result. */
  public Matrix build() {
    warnings.addAll(limit.warnings());
    List<Series> all = new ArrayList<>(byLabels.size());
    Stride work = context.work();
    byLabels.forEach(
        (labels, parts) -> {
          work.step(grid.steps());
          all.add(joined(labels, parts));
        });
    SeriesOrder.sort(all, grid, work);
    return new Matrix(all, List.copyOf(warnings));
  }

  private static Series joined(Labels labels, List<Series> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int count = 0;
    for (Series part : parts) {
      count += part.times().length;
    }
    long[] times = new long[count];
    double[] values = new double[count];
    int at = 0;
    for (Series part : parts) {
      System.arraycopy(part.times(), 0, times, at, part.times().length);
      System.arraycopy(part.values(), 0, values, at, part.values().length);
      at += part.times().length;
    }
    return new Series(labels, times, values);
  }
}
