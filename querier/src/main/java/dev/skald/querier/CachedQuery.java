package dev.skald.querier;

import dev.skald.logql.eval.Engine;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.querier.cache.StepResults;

/**
 * A metric query over a range of time, of which the cache may know a part. Times in unix
 * nanoseconds.
 *
 * @param view of the data, from before the engine reads any
 * @param earliest first time that the tenant may see; what is near it changes with the time
 * @param newest results behind it are not kept
 */
record CachedQuery(
    Engine engine,
    MetricExpr metric,
    RangeParameters range,
    DataView view,
    long earliest,
    long newest)
    implements StepResults {
  @Override
  public Matrix compute(long first, long last) {
    RangeParameters part =
        new RangeParameters(
            first, last, range.step(), range.limit(), range.direction(), range.interval());
    return (Matrix) engine.range(metric, part);
  }

  @Override
  public Object version(long first, long last) {
    Span span = Span.of(metric, first, last);
    return span.start() < earliest || last > newest ? null : view.version(span.start(), span.end());
  }
}
