package dev.skald.logql.regex;

import java.util.Arrays;
import java.util.List;

/**
 * Divides the code points into classes that a program cannot tell apart.
 *
 * <p>Engines look up the class of a character once and then test small numbers. ASCII is looked up
 * in a table, the rest by binary search.
 */
final class Alphabet {
  private static final long MAX_MEMBERSHIP_BITS = 1L << 26;

  /** The class of each ASCII character. */
  final char[] ascii = new char[128];

  /** The first code point of each interval, in rising order, and the class of its members. */
  private final int[] starts;

  private final char[] startClasses;
  private final int classCount;

  private Alphabet(int[] starts, char[] startClasses, int classCount) {
    this.starts = starts;
    this.startClasses = startClasses;
    this.classCount = classCount;
    for (int rune = 0; rune < ascii.length; rune++) {
      ascii[rune] = search(rune);
    }
  }

  /**
   * Returns the coarsest division under which each set is a union of classes.
   *
   * @throws TooLargeException if the sets tell too many characters apart
   */
  static Alphabet of(List<RuneSet> sets) {
    int[] starts = starts(sets);
    Partition partition = new Partition(starts.length);
    for (RuneSet set : sets) {
      partition.split(intervals(set, starts));
    }
    int count = partition.count();
    if (count > Character.MAX_VALUE - 1 || (long) count * sets.size() > MAX_MEMBERSHIP_BITS) {
      throw new TooLargeException();
    }
    char[] narrow = new char[starts.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (char) partition.classOf(i);
    }
    return new Alphabet(starts, narrow, count);
  }

  private static int[] starts(List<RuneSet> sets) {
    int size = 1;
    for (RuneSet set : sets) {
      size += 2 * set.rangeCount();
    }
    int[] starts = new int[size];
    int at = 1;
    for (RuneSet set : sets) {
      for (int i = 0; i < set.rangeCount(); i++) {
        starts[at++] = set.first(i);
        starts[at++] = set.last(i) + 1;
      }
    }
    return Arrays.stream(starts)
        .filter(rune -> rune <= RuneSet.MAX_RUNE)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Returns the intervals that make up a set. */
  private static int[] intervals(RuneSet set, int[] starts) {
    int[] found = new int[16];
    int size = 0;
    for (int i = 0; i < set.rangeCount(); i++) {
      int at = Arrays.binarySearch(starts, set.first(i));
      while (at < starts.length && starts[at] <= set.last(i)) {
        if (size == found.length) {
          found = Arrays.copyOf(found, 2 * size);
        }
        found[size++] = at++;
      }
    }
    return Arrays.copyOf(found, size);
  }

  int classCount() {
    return classCount;
  }

  /** Returns the class of a code point. */
  int classOf(int rune) {
    return rune < ascii.length ? ascii[rune] : search(rune);
  }

  private char search(int rune) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= rune) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return startClasses[low];
  }

  /** Returns some code point of each class. */
  int[] examples() {
    int[] examples = new int[classCount];
    for (int i = 0; i < starts.length; i++) {
      examples[startClasses[i]] = starts[i];
    }
    return examples;
  }

  /** Returns a bit for each class, set if the class lies in a set that made this alphabet. */
  long[] members(RuneSet set) {
    long[] bits = new long[(classCount + 63) / 64];
    for (int interval : intervals(set, starts)) {
      int c = startClasses[interval];
      bits[c >>> 6] |= 1L << c;
    }
    return bits;
  }

  /** Says that a program would need more memory than it may have. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("expression too large", null, false, false);
    }
  }
}
