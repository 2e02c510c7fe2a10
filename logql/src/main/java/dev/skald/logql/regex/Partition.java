package dev.skald.logql.regex;

import java.util.Arrays;

/** Divides the numbers below a bound into classes, ever finer. */
final class Partition {
  private final int[] classes;
  private int[] sizes = new int[16];
  private int[] hits = new int[16];
  private int[] renamed = new int[16];
  private int count = 1;

  Partition(int bound) {
    classes = new int[bound];
    sizes[0] = bound;
  }

  int count() {
    return count;
  }

  int classOf(int member) {
    return classes[member];
  }

  /** Splits each class that a set of members, all different, cuts in two. */
  void split(int[] inside) {
    for (int member : inside) {
      hits[classes[member]]++;
    }
    for (int member : inside) {
      int old = classes[member];
      if (hits[old] > 0) {
        renamed[old] = hits[old] < sizes[old] ? add() : old;
        // Marks the class as done; the first member of it decides for all.
        hits[old] = 0;
      }
      int target = renamed[old];
      if (target != old) {
        sizes[old]--;
        sizes[target]++;
        classes[member] = target;
      }
    }
  }

  private int add() {
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * count);
      hits = Arrays.copyOf(hits, 2 * count);
      renamed = Arrays.copyOf(renamed, 2 * count);
    }
    return count++;
  }
}
