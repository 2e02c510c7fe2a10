package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code min}: the smallest value; NaN only where all are. */
final class MinGroup extends GroupFold {
  MinGroup(Labels labels, int steps) {
    super(labels, steps);
  }

  @Override
  double first(int step, double value) {
    return value;
  }

  @Override
  double next(int step, double before, double value) {
    return value < before || Double.isNaN(before) ? value : before;
  }
}
