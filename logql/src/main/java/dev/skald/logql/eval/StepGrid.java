package dev.skald.logql.eval;

/**
 * The times at which a metric query is evaluated.
 *
 * @param start the first one, in unix nanoseconds
 * @param step from one to the next, in nanoseconds
 * @param steps how many
 */
record StepGrid(long start, long step, int steps) {

  /** Returns the single time of an instant query. */
  static StepGrid instant(long time) {
    return new StepGrid(time, 1, 1);
  }

  /** Returns the multiples of the step that enclose a range, both ends included (§20.2). */
  static StepGrid aligned(RangeParameters range) {
    long steps = range.lastStep() / range.step() - range.firstStep() / range.step() + 1;
    return new StepGrid(range.firstStep(), range.step(), Math.toIntExact(steps));
  }

  /** Returns the time of a step in unix nanoseconds. */
  long time(int index) {
    return start + index * step;
  }

  long last() {
    return time(steps - 1);
  }

  /** Returns the time of a step as results show it, in unix milliseconds. */
  long millis(int index) {
    return Math.floorDiv(time(index), 1_000_000);
  }
}
