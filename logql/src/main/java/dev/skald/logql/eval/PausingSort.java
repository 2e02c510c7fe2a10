package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;
import java.util.Arrays;

/** Sorts numbers as {@link Arrays#sort(double[])} does, but can be left in the middle. */
final class PausingSort {
  /** So many numbers are sorted in one go; longer runs are merged. */
  private static final int RUN = 1 << 14;

  private final Stride work;
  private double[] source;
  private double[] target;

  private PausingSort(double[] copy, Stride work) {
    this.source = copy;
    this.target = copy.length > RUN ? new double[copy.length] : copy;
    this.work = work;
  }

  /**
   * Returns the first numbers of an array in ascending order, NaN last.
   *
   * @param work counts each number once a pass
   */
  static double[] sorted(double[] values, int size, Stride work) {
    return new PausingSort(Arrays.copyOf(values, size), work).sorted();
  }

  private double[] sorted() {
    int size = source.length;
    for (int from = 0; from < size; from += RUN) {
      int to = Math.min(size, from + RUN);
      Arrays.sort(source, from, to);
      work.step(to - from);
    }
    for (long run = RUN; run < size; run *= 2) {
      for (long from = 0; from < size; from += 2 * run) {
        int middle = (int) Math.min(size, from + run);
        merge((int) from, middle, (int) Math.min(size, from + 2 * run));
      }
      double[] merged = target;
      target = source;
      source = merged;
    }
    return source;
  }

  private void merge(int from, int middle, int to) {
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      work.step();
      boolean takeLeft =
          right == to || left < middle && Double.compare(source[left], source[right]) <= 0;
      target[i] = source[takeLeft ? left++ : right++];
    }
  }
}
