package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code max}: the largest value. */
final class MaxGroup extends GroupFold {
  MaxGroup(Labels labels, int steps) {
    super(labels, steps);
  }

  @Override
  double next(int step, double before, double value) {
    return Extremes.larger(before, value);
  }
}
