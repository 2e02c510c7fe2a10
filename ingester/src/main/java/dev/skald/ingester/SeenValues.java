package dev.skald.ingester;

import java.util.Arrays;

/**
 * Which value numbers a column has seen, so that each value counts once. Exact for the first {@link
 * #EXACT} values of a dictionary; of later ones only a value newer than all seen before counts, so
 * that values which come back out of order are missed. Not safe for use by several threads.
 */
final class SeenValues {
  private static final int EXACT = 4096;

  private long[] low = new long[1];
  private int greatest = -1;

  /** Returns about how many bytes this takes. */
  long memory() {
    return 8L * low.length;
  }

  /** Adds a value number and returns whether it was not seen before. */
  boolean add(int id) {
    boolean isNew = id >= EXACT ? id > greatest : addLow(id);
    greatest = Math.max(greatest, id);
    return isNew;
  }

  private boolean addLow(int id) {
    int word = id >>> 6;
    if (word >= low.length) {
      low = Arrays.copyOf(low, Math.max(word + 1, 2 * low.length));
    }
    long bit = 1L << id;
    boolean isNew = (low[word] & bit) == 0;
    low[word] |= bit;
    return isNew;
  }
}
