package dev.skald.logql.eval;

import java.util.Objects;

/**
 * What a range query asks for beside its expression. Times and durations are in nanoseconds.
 *
 * @param start first wanted time
 * @param end for log queries the first time that is not wanted any more; for metric queries the
 *     last wanted one
 * @param step between two points of a series; log queries ignore it
 * @param limit how many entries a log query may return; metric queries ignore it
 * @param interval the least distance of two entries of a log query; 0 for all entries
 */
public record RangeParameters(
    long start, long end, long step, int limit, Direction direction, long interval) {
  public RangeParameters {
    Objects.requireNonNull(direction, "direction is null");
    if (end < start) {
      throw new IllegalArgumentException("end " + end + " before start " + start);
    }
    if (step <= 0 || limit <= 0 || interval < 0) {
      throw new IllegalArgumentException(
          "step "
              + step
              + " or limit "
              + limit
              + " not positive, or interval "
              + interval
              + " negative");
    }
  }

  /**
   * Returns the time of the first step of a metric query: the start, rounded down to a multiple of
   * the step, if there is one that can be told.
   */
  public long firstStep() {
    return Math.max(Math.floorDiv(start, step), Math.ceilDiv(Long.MIN_VALUE, step)) * step;
  }

  /** Returns the time of the last step: the end, rounded up in the same way. */
  public long lastStep() {
    return Math.min(Math.ceilDiv(end, step), Math.floorDiv(Long.MAX_VALUE, step)) * step;
  }
}
