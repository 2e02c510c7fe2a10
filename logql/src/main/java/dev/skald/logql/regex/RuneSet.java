package dev.skald.logql.regex;

import java.util.Arrays;

/** An immutable set of code points, kept as sorted ranges that neither overlap nor touch. */
public final class RuneSet {
  static final int MAX_RUNE = Character.MAX_CODE_POINT;
  static final RuneSet EMPTY = new RuneSet(new int[0]);
  static final RuneSet ALL = new RuneSet(new int[] {0, MAX_RUNE});
  static final RuneSet NOT_NEWLINE = new RuneSet(new int[] {0, '\n' - 1, '\n' + 1, MAX_RUNE});

  private final int[] bounds;

  private RuneSet(int[] bounds) {
    this.bounds = bounds;
  }

  static RuneSet of(int rune) {
    return new RuneSet(new int[] {rune, rune});
  }

  /** Returns the union of ranges, given as pairs of first and last code point in any order. */
  static RuneSet ofRanges(int... pairs) {
    long[] sorted = new long[pairs.length / 2];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) pairs[2 * i] << 32 | pairs[2 * i + 1];
    }
    Arrays.sort(sorted);
    int[] merged = new int[pairs.length];
    int size = 0;
    for (long range : sorted) {
      int first = (int) (range >>> 32);
      int last = (int) range;
      if (size > 0 && first <= merged[size - 1] + 1) {
        merged[size - 1] = Math.max(merged[size - 1], last);
      } else {
        merged[size++] = first;
        merged[size++] = last;
      }
    }
    return new RuneSet(Arrays.copyOf(merged, size));
  }

  RuneSet union(RuneSet other) {
    int[] both = Arrays.copyOf(bounds, bounds.length + other.bounds.length);
    System.arraycopy(other.bounds, 0, both, bounds.length, other.bounds.length);
    return ofRanges(both);
  }

  RuneSet negate() {
    int[] gaps = new int[bounds.length + 2];
    int size = 0;
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (next < bounds[i]) {
        gaps[size++] = next;
        gaps[size++] = bounds[i] - 1;
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= MAX_RUNE) {
      gaps[size++] = next;
      gaps[size++] = MAX_RUNE;
    }
    return new RuneSet(Arrays.copyOf(gaps, size));
  }

  /** Returns this set and everything that differs from it in case alone. */
  RuneSet foldCase() {
    return CaseFolding.close(this);
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  public boolean contains(int rune) {
    int low = 0;
    int high = rangeCount() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (rune < first(middle)) {
        high = middle - 1;
      } else if (rune > last(middle)) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  public int rangeCount() {
    return bounds.length / 2;
  }

  /** Returns the first code point of a range. */
  public int first(int range) {
    return bounds[2 * range];
  }

  /** Returns the last code point of a range. */
  public int last(int range) {
    return bounds[2 * range + 1];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RuneSet other && Arrays.equals(bounds, other.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** Returns the set as a class, {@code [a-z\x{e9}]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < bounds.length; i += 2) {
      append(text, bounds[i]);
      if (bounds[i] != bounds[i + 1]) {
        append(text.append('-'), bounds[i + 1]);
      }
    }
    return text.append(']').toString();
  }

  private static void append(StringBuilder text, int rune) {
    if (rune > ' ' && rune < 0x7f && "\\-[]^".indexOf(rune) < 0) {
      text.append((char) rune);
    } else {
      text.append("\\x{").append(Integer.toHexString(rune)).append('}');
    }
  }
}
