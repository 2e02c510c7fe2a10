package dev.skald.logql.regex;

import java.util.Arrays;

/** Gathers sets of code points into one. */
final class RuneSetBuilder {
  private int[] pairs = new int[16];
  private int size;

  void add(RuneSet set) {
    int needed = size + 2 * set.rangeCount();
    if (needed > pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(needed, 2 * pairs.length));
    }
    for (int i = 0; i < set.rangeCount(); i++) {
      pairs[size++] = set.first(i);
      pairs[size++] = set.last(i);
    }
  }

  RuneSet build() {
    return RuneSet.ofRanges(Arrays.copyOf(pairs, size));
  }
}
