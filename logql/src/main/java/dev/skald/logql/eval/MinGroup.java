package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code min}: the smallest value. */
final class MinGroup extends GroupFold {
  MinGroup(Labels labels, int steps) {
    super(labels, steps);
  }

  @Override
  double next(int step, double before, double value) {
    return Extremes.smaller(before, value);
  }
}
