package dev.skald.logql.eval;

/**
 * Merges the partial results inside a window that only moves forward, each a bounded number of
 * times however many windows it lies in. There is nothing to take away from a minimum or a mean, so
 * the window is kept as two stacks: for buckets before {@code middle} the merge of each with all
 * that follow up to {@code middle}, for those after it one merge of all.
 */
final class SlidingWindow {
  private final FoldFunction function;
  private final PartialSeries series;
  private final int width;
  private final int base;
  private final double[] suffixes;
  private final double[] back;
  private final double[] merged;
  private boolean backTouched;
  private int from;
  private int middle;
  private int end;
  // The last bucket before middle that has a partial result, or -1.
  private int lastTouched = -1;

  SlidingWindow(FoldFunction function, PartialSeries series) {
    this.function = function;
    this.series = series;
    this.width = function.width();
    this.base = series.first();
    this.suffixes = new double[(series.last() - base + 1) * width];
    this.back = new double[width];
    this.merged = new double[width];
    this.middle = base;
    this.end = base;
    this.from = base;
  }

  /** Moves to the buckets from {@code first} to {@code last}; returns whether one has a value. */
  boolean move(int first, int last) {
    from = Math.max(first, base);
    int newEnd = Math.min(last, series.last()) + 1;
    if (from >= newEnd) {
      return false;
    }
    if (from > end) {
      end = from;
      middle = from;
      backTouched = false;
    }
    while (end < newEnd) {
      push(end++);
    }
    if (from > middle) {
      flip();
    }
    return backTouched || from <= lastTouched;
  }

  private void push(int bucket) {
    if (!series.has(bucket)) {
      return;
    }
    if (backTouched) {
      function.merge(back, 0, series.array(), series.position(bucket));
    } else {
      System.arraycopy(series.array(), series.position(bucket), back, 0, width);
      backTouched = true;
    }
  }

  /** Moves all buckets of the window to the front stack. */
  private void flip() {
    lastTouched = -1;
    for (int bucket = end - 1; bucket >= from; bucket--) {
      int at = (bucket - base) * width;
      boolean touched = series.has(bucket);
      if (touched) {
        System.arraycopy(series.array(), series.position(bucket), suffixes, at, width);
      }
      if (lastTouched < 0) {
        lastTouched = touched ? bucket : -1;
      } else if (touched) {
        function.merge(suffixes, at, suffixes, at + width);
      } else {
        System.arraycopy(suffixes, at + width, suffixes, at, width);
      }
    }
    middle = end;
    backTouched = false;
  }

  /** Returns the value of the window, which must have one. */
  double result() {
    if (from > lastTouched) {
      return function.result(back, 0);
    }
    System.arraycopy(suffixes, (from - base) * width, merged, 0, width);
    if (backTouched) {
      function.merge(merged, 0, back, 0);
    }
    return function.result(merged, 0);
  }
}
