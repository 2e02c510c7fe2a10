package dev.skald.querier;

import dev.skald.logql.eval.Engine;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.querier.cache.DataState;
import dev.skald.querier.cache.StepResults;

/**
 * A metric query over a range of time, of which the cache may know a part. Times in unix
 * nanoseconds.
 */
final class CachedQuery implements StepResults {
  private final Engine engine;
  private final MetricExpr metric;
  private final RangeParameters range;
  private final RecentAndStored source;
  private final Bounds bounds;
  private DataView view;

  /**
   * What may be kept.
   *
   * @param earliest first time that the tenant may see; what is near it changes with the time
   * @param newest results behind it are not kept
   */
  record Bounds(long earliest, long newest) {}

  CachedQuery(
      Engine engine,
      MetricExpr metric,
      RangeParameters range,
      RecentAndStored source,
      Bounds bounds) {
    this.engine = engine;
    this.metric = metric;
    this.range = range;
    this.source = source;
    this.bounds = bounds;
  }

  @Override
  public Matrix compute(long first, long last) {
    RangeParameters part =
        new RangeParameters(
            first, last, range.step(), range.limit(), range.direction(), range.interval());
    return (Matrix) engine.range(metric, part);
  }

  @Override
  public void look() {
    view = source.view();
  }

  @Override
  public DataState state(long first, long last) {
    Span span = Span.of(metric, first, last);
    return span.start() < bounds.earliest || last > bounds.newest
        ? null
        : view.version(span.start(), span.end());
  }
}
