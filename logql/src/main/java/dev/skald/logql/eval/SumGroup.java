package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code sum}. */
final class SumGroup extends GroupFold {
  SumGroup(Labels labels, int steps) {
    super(labels, steps);
  }

  @Override
  double next(int step, double before, double value) {
    return before + value;
  }
}
