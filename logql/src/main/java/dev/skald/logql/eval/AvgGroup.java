package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code avg} as a running mean. */
final class AvgGroup extends GroupFold {
  private final int[] counts;

  AvgGroup(Labels labels, int steps) {
    super(labels, steps);
    this.counts = new int[steps];
  }

  @Override
  double first(int step, double value) {
    counts[step] = 1;
    return value;
  }

  @Override
  double next(int step, double before, double value) {
    return before + (value - before) / ++counts[step];
  }
}
