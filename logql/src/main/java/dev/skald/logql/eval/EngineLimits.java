package dev.skald.logql.eval;

/**
 * What one query may ask of the engine.
 *
 * @param maxSeries how many series a result may have; 0 for no limit
 * @param truncate whether a result with more is cut off with a warning, instead of failing
 *     (logql.md §23)
 * @param maxRangeNanos the longest window of a range aggregation; 0 for no limit
 */
public record EngineLimits(int maxSeries, boolean truncate, long maxRangeNanos) {
  public static final EngineLimits NONE = new EngineLimits(0, false, 0);
}
