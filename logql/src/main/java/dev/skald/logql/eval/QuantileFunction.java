package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;
import java.util.Arrays;

/**
 * {@code quantile_over_time}: interpolates between the two samples around a rank. Samples are
 * ranked once for the whole series; a Fenwick tree over the ranks follows the window.
 */
final class QuantileFunction implements WindowFunction {
  private final double phi;

  QuantileFunction(double phi) {
    this.phi = phi;
  }

  @Override
  public Window open(long[] times, double[] values, int size, Stride work) {
    double[] sorted = sortNanFirst(values, size, work);
    int[] ranks = new int[size];
    for (int i = 0; i < size; i++) {
      work.step();
      ranks[i] = rank(sorted, values[i]);
    }
    return new RankedWindow(phi, sorted, ranks);
  }

  /** Go's order of floats: NaN is less than any number. */
  private static double[] sortNanFirst(double[] values, int size, Stride work) {
    double[] sorted = PausingSort.sorted(values, size, work);
    int nans = 0;
    while (nans < size && Double.isNaN(sorted[size - 1 - nans])) {
      nans++;
    }
    System.arraycopy(sorted, 0, sorted, nans, size - nans);
    Arrays.fill(sorted, 0, nans, Double.NaN);
    return sorted;
  }

  /** Returns the index of the first value that is not less. */
  private static int rank(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.isNaN(value) || sorted[middle] >= value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static final class RankedWindow implements Window {
    private final double phi;
    private final double[] sorted;
    private final int[] ranks;
    private final int[] tree;
    private final int top;
    private int from;
    private int to;

    RankedWindow(double phi, double[] sorted, int[] ranks) {
      this.phi = phi;
      this.sorted = sorted;
      this.ranks = ranks;
      this.tree = new int[sorted.length + 1];
      this.top = Integer.highestOneBit(sorted.length);
    }

    @Override
    public void move(int newFrom, int newTo) {
      while (to < newTo) {
        count(ranks[to++], 1);
      }
      while (from < newFrom) {
        count(ranks[from++], -1);
      }
    }

    private void count(int rank, int change) {
      for (int node = rank + 1; node < tree.length; node += node & -node) {
        tree[node] += change;
      }
    }

    @Override
    public double result() {
      if (phi > 1) {
        return Double.POSITIVE_INFINITY;
      }
      int size = to - from;
      double rank = phi * (size - 1);
      int low = (int) Math.max(0, Math.floor(rank));
      int high = Math.min(size - 1, low + 1);
      double weight = rank - Math.floor(rank);
      return smallest(low) * (1 - weight) + smallest(high) * weight;
    }

    /** Returns the sample of the window that has so many before it in the order of values. */
    private double smallest(int before) {
      int node = 0;
      int left = before;
      for (int bit = top; bit > 0; bit >>= 1) {
        int next = node + bit;
        if (next < tree.length && tree[next] <= left) {
          node = next;
          left -= tree[next];
        }
      }
      return sorted[node];
    }
  }
}
