package dev.skald.ingester;

import java.util.Arrays;

/**
 * What the rows of one stream have under one metadata name: value numbers of a {@link
 * ValueDictionary}, -1 for none. As long as every row from the first has the same value, nothing is
 * stored a row. One thread writes; readers see every row that was published before they look.
 */
final class ValueColumn {
  private static final int FIRST_CAPACITY = 16;
  private static final int OWN_BYTES = 64;

  /** One a row; null while the first {@link #constantRows} rows are all the column knows. */
  private volatile int[] ids;

  private int constant = -1;
  private int constantRows;

  /** For the writer; null as long as {@link #ids} is. */
  private SeenValues seen;

  /**
   * Sets the value of a row; rows are set in order, but some may be left out.
   *
   * @return whether no row before had this value, as far as {@link SeenValues} knows
   */
  boolean set(int row, int id) {
    int[] known = ids;
    if (known == null) {
      if (row == constantRows && (row == 0 || id == constant)) {
        constant = id;
        constantRows++;
        return row == 0;
      }
      known = spread(row);
    } else if (row >= known.length) {
      known = grow(known, row);
    }
    known[row] = id;
    return seen.add(id);
  }

  /** Forgets the rows from a row on; none of them was published. */
  void truncate(int rows) {
    if (ids == null) {
      constantRows = Math.min(constantRows, rows);
    } else if (rows < ids.length) {
      Arrays.fill(ids, rows, ids.length, -1);
      seen = seenIn(ids);
    }
  }

  private static SeenValues seenIn(int[] ids) {
    SeenValues seen = new SeenValues();
    for (int id : ids) {
      if (id >= 0) {
        seen.add(id);
      }
    }
    return seen;
  }

  /** Returns about how many bytes the column takes; for the writer. */
  long memory() {
    int[] known = ids;
    return OWN_BYTES + (known == null ? 0 : 4L * known.length + seen.memory());
  }

  int get(int row) {
    int[] known = ids;
    if (known == null) {
      return row < constantRows ? constant : -1;
    }
    return row < known.length ? known[row] : -1;
  }

  /** Returns the value of all rows before one, or -2 if they differ. */
  int constantBefore(int rows) {
    return ids == null && constantRows >= rows ? constant : -2;
  }

  /** Copies the values of rows to an array. */
  void copy(int fromRow, int count, int[] target, int at) {
    int[] known = ids;
    if (known == null) {
      int present = Math.clamp(constantRows - fromRow, 0, count);
      Arrays.fill(target, at, at + present, constant);
      Arrays.fill(target, at + present, at + count, -1);
      return;
    }
    int present = Math.clamp(known.length - fromRow, 0, count);
    System.arraycopy(known, Math.min(fromRow, known.length), target, at, present);
    Arrays.fill(target, at + present, at + count, -1);
  }

  private int[] spread(int row) {
    int[] all = new int[Math.max(FIRST_CAPACITY, row + 1 + row / 2)];
    Arrays.fill(all, 0, constantRows, constant);
    Arrays.fill(all, constantRows, all.length, -1);
    seen = seenIn(all);
    ids = all;
    return all;
  }

  private int[] grow(int[] known, int row) {
    int[] bigger = Arrays.copyOf(known, Math.max(2 * known.length, row + 1));
    Arrays.fill(bigger, known.length, bigger.length, -1);
    ids = bigger;
    return bigger;
  }
}
