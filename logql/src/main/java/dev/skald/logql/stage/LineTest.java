package dev.skald.logql.stage;

import dev.skald.logql.batch.Column;
import java.util.BitSet;

/** Decides whether a line passes. */
interface LineTest {

  /** Returns whether the line {@code [from, to)} stays. */
  boolean test(byte[] bytes, int from, int to);

  /** Takes those rows out of a set whose lines fail; a row without a line has an empty one. */
  default void narrow(Column.Plain lines, BitSet rows) {
    byte[] bytes = lines.bytes();
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      int from = lines.starts()[row];
      if (!test(bytes, from, from + Math.max(lines.lengths()[row], 0))) {
        rows.clear(row);
      }
    }
  }
}
