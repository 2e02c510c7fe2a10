package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;

/**
 * A sample of a recorded metric, or of the series of an alert.
 *
 * @param labels all, {@code __name__} among them
 * @param timeMillis since 1970
 * @param value {@link #STALE} where the series has ended; its bits tell it from other NaNs, so
 *     write them as {@link Double#doubleToRawLongBits} has them
 */
public record RecordedSample(Labels labels, long timeMillis, double value) {
  private static final long STALE_BITS = 0x7ff0000000000002L;

  /** The NaN that says that a series has no more samples. */
  public static final double STALE = Double.longBitsToDouble(STALE_BITS);

  public boolean isStale() {
    return Double.doubleToRawLongBits(value) == STALE_BITS;
  }
}
