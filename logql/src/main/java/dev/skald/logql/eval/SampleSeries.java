package dev.skald.logql.eval;

import java.util.Arrays;

/** The samples of one series. */
final class SampleSeries {
  private static final int BYTES_A_SAMPLE = 16;

  /** So many samples, but one, are merged between two checkpoints. */
  private static final int CHECK_MASK = (1 << 16) - 1;

  private final QueryContext context;
  private long[] times = new long[0];
  private double[] values = new double[0];
  private int size;
  private boolean sorted = true;

  SampleSeries(QueryContext context) {
    this.context = context;
  }

  void add(long time, double value) {
    if (size == times.length) {
      int capacity = Math.max(8, size * 2);
      context.reserve((long) (capacity - size) * BYTES_A_SAMPLE);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    sorted &= size == 0 || times[size - 1] <= time;
    times[size] = time;
    values[size++] = value;
  }

  void release() {
    context.reserve(-(long) times.length * BYTES_A_SAMPLE);
  }

  /** Sorts by time; samples of equal time keep the order in which they came. */
  void sort() {
    if (!sorted) {
      long[] newTimes = times.clone();
      double[] newValues = values.clone();
      mergeSort(newTimes, newValues, 0, size);
      sorted = true;
    }
  }

  /** Sorts a part of the fields, of which the arguments hold a copy. */
  private void mergeSort(long[] fromTimes, double[] fromValues, int start, int end) {
    mergeSort(fromTimes, fromValues, times, values, start, end);
  }

  private void mergeSort(
      long[] fromTimes,
      double[] fromValues,
      long[] toTimes,
      double[] toValues,
      int start,
      int end) {
    if (end - start < 2) {
      return;
    }
    int middle = (start + end) >>> 1;
    mergeSort(toTimes, toValues, fromTimes, fromValues, start, middle);
    mergeSort(toTimes, toValues, fromTimes, fromValues, middle, end);
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      if ((i & CHECK_MASK) == 0) {
        context.checkpoint();
      }
      boolean takeLeft = right >= end || left < middle && fromTimes[left] <= fromTimes[right];
      int taken = takeLeft ? left++ : right++;
      toTimes[i] = fromTimes[taken];
      toValues[i] = fromValues[taken];
    }
  }

  long[] times() {
    return times;
  }

  double[] values() {
    return values;
  }

  int size() {
    return size;
  }
}
