package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code max}: the largest value; NaN only where all are. */
final class MaxGroup extends GroupFold {
  MaxGroup(Labels labels, int steps) {
    super(labels, steps);
  }

  @Override
  double first(int step, double value) {
    return value;
  }

  @Override
  double next(int step, double before, double value) {
    return value > before || Double.isNaN(before) ? value : before;
  }
}
