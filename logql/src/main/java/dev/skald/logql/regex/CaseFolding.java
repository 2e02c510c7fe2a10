package dev.skald.logql.regex;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Simple case folding of Unicode: which code points differ in case alone.
 *
 * <p>Such code points form small rings, as {@code K → k → KELVIN SIGN → K}. The two Turkish i
 * belong to none.
 */
final class CaseFolding {
  /** No letter with a case has a code point as high as this. */
  private static final int LIMIT = 0x1f000;

  private static final int DOTTED_CAPITAL_I = 0x130;
  private static final int DOTLESS_SMALL_I = 0x131;

  /** The members of all rings in rising order, and beside each the next of its ring. */
  private static final int[] MEMBERS;

  private static final int[] NEXT;

  static {
    Map<Integer, Integer> next = new TreeMap<>();
    for (int[] ring : rings()) {
      for (int i = 0; i < ring.length; i++) {
        next.put(ring[i], ring[(i + 1) % ring.length]);
      }
    }
    MEMBERS = next.keySet().stream().mapToInt(Integer::intValue).toArray();
    NEXT = next.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private CaseFolding() {}

  private static Iterable<int[]> rings() {
    Map<Integer, int[]> rings = new TreeMap<>();
    for (int rune = 0; rune < LIMIT; rune++) {
      int key = key(rune);
      if (key != rune) {
        int[] ring = rings.getOrDefault(key, new int[] {key});
        ring = Arrays.copyOf(ring, ring.length + 1);
        ring[ring.length - 1] = rune;
        Arrays.sort(ring);
        rings.put(key, ring);
      }
    }
    return rings.values();
  }

  private static int key(int rune) {
    if (rune == DOTTED_CAPITAL_I || rune == DOTLESS_SMALL_I) {
      return rune;
    }
    return Character.toLowerCase(Character.toUpperCase(rune));
  }

  /** Returns the next member of a code point's ring; itself if it has none. */
  static int next(int rune) {
    int at = Arrays.binarySearch(MEMBERS, rune);
    return at < 0 ? rune : NEXT[at];
  }

  /** Returns the smallest code point that differs in case alone. */
  static int smallest(int rune) {
    int smallest = rune;
    for (int other = next(rune); other != rune; other = next(other)) {
      smallest = Math.min(smallest, other);
    }
    return smallest;
  }

  /** Returns a code point and all that differ from it in case alone. */
  static RuneSet ring(int rune) {
    RuneSet ring = RuneSet.of(rune);
    for (int other = next(rune); other != rune; other = next(other)) {
      ring = ring.union(RuneSet.of(other));
    }
    return ring;
  }

  /** Returns a set and all that differs from a member of it in case alone. */
  static RuneSet close(RuneSet set) {
    int[] added = new int[16];
    int size = 0;
    for (int range = 0; range < set.rangeCount(); range++) {
      int at = Arrays.binarySearch(MEMBERS, set.first(range));
      for (int i = at < 0 ? -at - 1 : at; i < NEXT.length && MEMBERS[i] <= set.last(range); i++) {
        for (int other = NEXT[i]; other != MEMBERS[i]; other = next(other)) {
          if (size == added.length) {
            added = Arrays.copyOf(added, 2 * size);
          }
          added[size++] = other;
          added[size++] = other;
        }
      }
    }
    return size == 0 ? set : set.union(RuneSet.ofRanges(Arrays.copyOf(added, size)));
  }
}
