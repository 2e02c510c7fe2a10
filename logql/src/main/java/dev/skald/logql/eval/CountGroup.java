package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code count}. */
final class CountGroup extends GroupFold {
  CountGroup(Labels labels, int steps) {
    super(labels, steps);
  }

  @Override
  double first(int step, double value) {
    return 1;
  }

  @Override
  double next(int step, double before, double value) {
    return before + 1;
  }
}
