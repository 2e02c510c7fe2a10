package dev.skald.storage.segment;

import java.util.Arrays;

/** Ascending, disjoint ranges of the rows of a block. Grows; then only read. */
final class RowRanges {
  private int[] bounds = new int[16];
  private int size;
  private int rows;

  static RowRanges all(int rows) {
    RowRanges ranges = new RowRanges();
    ranges.add(0, rows);
    return ranges;
  }

  /** Adds {@code [from, to)}, which must lie after all others. */
  void add(int from, int to) {
    if (from >= to) {
      return;
    }
    rows += to - from;
    if (size > 0 && bounds[size - 1] == from) {
      bounds[size - 1] = to;
      return;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
    }
    bounds[size++] = from;
    bounds[size++] = to;
  }

  int count() {
    return size / 2;
  }

  int from(int range) {
    return bounds[2 * range];
  }

  int to(int range) {
    return bounds[2 * range + 1];
  }

  /** Returns how many rows there are in all ranges. */
  int rows() {
    return rows;
  }

  /** Returns whether a row of {@code [from, to)} is in a range. */
  boolean meets(int from, int to) {
    for (int i = 0; i < size; i += 2) {
      if (bounds[i] < to && bounds[i + 1] > from) {
        return true;
      }
    }
    return false;
  }
}
