package dev.skald.querier.cache;

/**
 * Cuts time into windows of some multiples of a step, the same for all queries with this step. A
 * window is so short that little is computed again at both ends of a dashboard's range, and has so
 * many steps that keeping it is worth it.
 *
 * @param step in nanoseconds
 * @param steps how many a window has
 */
record StepWindows(long step, int steps) {
  private static final long LONGEST = 3_600_000_000_000L;
  private static final int MOST_STEPS = 32;

  /** Returns the windows for a step. */
  static StepWindows of(long step) {
    return new StepWindows(step, Math.clamp(LONGEST / step, 1, MOST_STEPS));
  }

  /** Returns the number of the first window that has no step before a multiple of the step. */
  long firstFrom(long time) {
    return Math.ceilDiv(time / step, (long) steps);
  }

  /** Returns the number of the first window that has a step after a multiple of the step. */
  long firstBeyond(long time) {
    return Math.floorDiv(time / step + 1, (long) steps);
  }

  /** Returns the time of the first step of a window. */
  long first(long window) {
    return window * steps * step;
  }

  /** Returns the time of the last step of a window. */
  long last(long window) {
    return first(window) + (steps - 1) * step;
  }
}
