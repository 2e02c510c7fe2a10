package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.segment.SegmentOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link Compactor} works.
 *
 * @param interval how often it looks for something to merge; earlier when many segments were sealed
 * @param parallelism merges at a time
 * @param mergedLevel zstd level of tier merges
 * @param coldLevel zstd level of days that are over
 */
public record CompactorOptions(
    PlannerOptions planner, Duration interval, int parallelism, int mergedLevel, int coldLevel) {
  /** What level 6 takes off is worth three times the time of level 1, and no more than that. */
  private static final int MERGED_LEVEL = 6;

  private static final int COLD_LEVEL = 12;

  public static final CompactorOptions DEFAULT =
      new CompactorOptions(
          PlannerOptions.DEFAULT, Duration.ofMinutes(10), 1, MERGED_LEVEL, COLD_LEVEL);

  public CompactorOptions {
    Objects.requireNonNull(planner, "planner is null");
    Objects.requireNonNull(interval, "interval is null");
    if (interval.isNegative() || interval.isZero() || parallelism < 1) {
      throw new IllegalArgumentException(parallelism + " merges at a time, every " + interval);
    }
    for (int level : new int[] {mergedLevel, coldLevel}) {
      if (level < 1 || level > 19) {
        throw new IllegalArgumentException("zstd level " + level + ", wanted 1 to 19");
      }
    }
  }

  SegmentOptions segments(int level) {
    return SegmentOptions.SEAL.withLevel(level == SegmentEntry.COLD ? coldLevel : mergedLevel);
  }
}
