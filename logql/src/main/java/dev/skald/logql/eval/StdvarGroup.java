package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/** {@code stdvar}, the population variance after Welford, and {@code stddev}, its square root. */
final class StdvarGroup extends GroupFold {
  private final boolean root;
  private final int[] counts;
  private final double[] means;
  private final double[] squares;

  StdvarGroup(Labels labels, int steps, boolean root) {
    super(labels, steps);
    this.root = root;
    this.counts = new int[steps];
    this.means = new double[steps];
    this.squares = new double[steps];
  }

  @Override
  double first(int step, double value) {
    return next(step, 0, value);
  }

  @Override
  double next(int step, double before, double value) {
    int count = ++counts[step];
    double delta = value - means[step];
    means[step] += delta / count;
    squares[step] += delta * (value - means[step]);
    double variance = squares[step] / count;
    return root ? Math.sqrt(variance) : variance;
  }
}
