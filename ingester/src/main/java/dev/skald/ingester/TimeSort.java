package dev.skald.ingester;

import java.util.Arrays;

/** Sorts rows by time, keeping the order of equal ones; quick where they are nearly sorted. */
final class TimeSort {
  private TimeSort() {}

  /**
   * Returns the first {@code count} rows in the order of their times.
   *
   * @param rows may be used as working space
   */
  static int[] sort(int[] rows, int count, long[] times) {
    int[] from = rows;
    int[] to = new int[count];
    while (true) {
      int runs = mergeNeighbours(from, to, count, times);
      if (runs <= 1) {
        return to.length == count ? to : Arrays.copyOf(to, count);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
  }

  /** Merges each ascending run with the one after it; returns how many runs that leaves. */
  private static int mergeNeighbours(int[] from, int[] to, int count, long[] times) {
    int runs = 0;
    int start = 0;
    while (start < count) {
      int middle = runEnd(from, start, count, times);
      int end = middle < count ? runEnd(from, middle, count, times) : middle;
      merge(from, start, middle, end, to, times);
      start = end;
      runs++;
    }
    return runs;
  }

  private static int runEnd(int[] rows, int start, int count, long[] times) {
    int end = start + 1;
    while (end < count && times[rows[end]] >= times[rows[end - 1]]) {
      end++;
    }
    return end;
  }

  private static void merge(int[] from, int start, int middle, int end, int[] to, long[] times) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft = right >= end || left < middle && times[from[left]] <= times[from[right]];
      to[i] = from[takeLeft ? left++ : right++];
    }
  }
}
