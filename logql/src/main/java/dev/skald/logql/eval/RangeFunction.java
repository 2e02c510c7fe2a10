package dev.skald.logql.eval;

import dev.skald.logql.syntax.MetricExpr.RangeAggregation;

/** What is computed from the samples of a window (logql.md §16.2). */
sealed interface RangeFunction permits FoldFunction, WindowFunction {

  /**
   * Returns the function of an aggregation; {@code absent_over_time} counts, to see where there is
   * nothing to count.
   */
  static RangeFunction of(RangeAggregation aggregation) {
    double seconds = aggregation.range().rangeNanos() / 1e9;
    return switch (aggregation.op()) {
      case COUNT_OVER_TIME, BYTES_OVER_TIME, SUM_OVER_TIME, ABSENT_OVER_TIME -> new SumFunction();
      case RATE, BYTES_RATE -> new RateFunction(seconds);
      case AVG_OVER_TIME -> new AvgFunction();
      case MIN_OVER_TIME -> new MinFunction();
      case MAX_OVER_TIME -> new MaxFunction();
      case STDVAR_OVER_TIME -> new StdvarFunction();
      case STDDEV_OVER_TIME -> new StddevFunction();
      case FIRST_OVER_TIME -> new FirstFunction();
      case LAST_OVER_TIME -> new LastFunction();
      case QUANTILE_OVER_TIME -> new QuantileFunction(aggregation.parameter());
      case RATE_COUNTER -> new RateCounterFunction(seconds);
    };
  }
}
