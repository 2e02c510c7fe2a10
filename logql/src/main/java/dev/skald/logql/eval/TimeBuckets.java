package dev.skald.logql.eval;

import java.util.Arrays;

/**
 * The pieces into which the windows of a range aggregation cut time. A window {@code (t-O-I, t-O]}
 * (logql.md §16.1) is a run of whole buckets, and no bucket is cut by a window: a sample is added
 * to one bucket, however many windows hold it. There are fewer than two buckets a step.
 */
final class TimeBuckets {
  private final StepGrid grid;
  private final long range;
  private final long offset;
  private final long[] bounds;
  private final int[] firsts;
  private final int[] lasts;

  // The bucket of the last sample: the next one is likely to be in it too.
  private int bucket = -1;
  private long after;
  private long upTo = Long.MIN_VALUE;

  TimeBuckets(StepGrid grid, long range, long offset) {
    this.grid = grid;
    this.range = range;
    this.offset = offset;
    this.bounds = bounds();
    this.firsts = new int[grid.steps()];
    this.lasts = new int[grid.steps()];
    for (int step = 0; step < grid.steps(); step++) {
      firsts[step] = Arrays.binarySearch(bounds, windowStart(step));
      lasts[step] = Arrays.binarySearch(bounds, windowEnd(step)) - 1;
    }
  }

  private long[] bounds() {
    int steps = grid.steps();
    long[] all = new long[2 * steps];
    for (int step = 0; step < steps; step++) {
      all[2 * step] = windowStart(step);
      all[2 * step + 1] = windowEnd(step);
    }
    Arrays.sort(all);
    int size = 1;
    for (int i = 1; i < all.length; i++) {
      if (all[i] != all[size - 1]) {
        all[size++] = all[i];
      }
    }
    return Arrays.copyOf(all, size);
  }

  /** Returns the time after which a window begins. */
  long windowStart(int step) {
    return minus(windowEnd(step), range);
  }

  /** Returns the last time of a window. */
  long windowEnd(int step) {
    return minus(grid.time(step), offset);
  }

  private static long minus(long a, long b) {
    long difference = a - b;
    boolean overflow = ((a ^ b) & (a ^ difference)) < 0;
    return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
  }

  int count() {
    return bounds.length - 1;
  }

  int steps() {
    return grid.steps();
  }

  /** Returns the first bucket of a window; past {@link #lastOf} if the window is empty. */
  int firstOf(int step) {
    return firsts[step];
  }

  int lastOf(int step) {
    return lasts[step];
  }

  /** Returns the first step whose window ends in a bucket or later. */
  int firstStepOf(int someBucket) {
    int low = 0;
    int high = lasts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lasts[middle] < someBucket) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the first step whose window begins after a bucket. */
  int endStepOf(int someBucket) {
    int low = 0;
    int high = firsts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firsts[middle] <= someBucket) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the bucket of a time, or -1 if no window holds it. */
  int find(long time) {
    if (time <= after || time > upTo) {
      locate(time);
    }
    return bucket;
  }

  private void locate(long time) {
    int position = Arrays.binarySearch(bounds, time);
    int found = (position >= 0 ? position : -position - 1) - 1;
    if (found < 0 || found >= count()) {
      bucket = -1;
      upTo = Long.MIN_VALUE;
      return;
    }
    after = bounds[found];
    upTo = bounds[found + 1];
    bucket = isGap(found) ? -1 : found;
  }

  /** Where windows are shorter than a step, time between them belongs to none. */
  private boolean isGap(int someBucket) {
    return range <= 0 || range < grid.step() && (someBucket & 1) == 1;
  }
}
