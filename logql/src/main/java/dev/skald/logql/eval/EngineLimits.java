package dev.skald.logql.eval;

/**
 * What one query may ask of the engine.
 *
 * @param maxSeries how many series a result may have; 0 for no limit
 * @param truncate whether a result with more is cut off with a warning, instead of failing
 *     (logql.md §23)
 * @param maxRangeNanos the longest window of a range aggregation; 0 for no limit
 * @param approxTopK whether {@code approx_topk} may be used (logql.md §17)
 * @param variants whether {@code variants} may be used (logql.md §21)
 */
public record EngineLimits(
    int maxSeries, boolean truncate, long maxRangeNanos, boolean approxTopK, boolean variants) {
  public static final EngineLimits NONE = new EngineLimits(0, false, 0);

  /** Limits under which only what Loki has switched on by default may be used. */
  public EngineLimits(int maxSeries, boolean truncate, long maxRangeNanos) {
    this(maxSeries, truncate, maxRangeNanos, false, false);
  }
}
