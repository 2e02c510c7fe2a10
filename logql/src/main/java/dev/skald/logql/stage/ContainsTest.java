package dev.skald.logql.stage;

import dev.skald.logql.batch.Column;
import dev.skald.logql.regex.ByteSearch;
import java.util.BitSet;

/** {@code |= "text"} or {@code != "text"}. */
final class ContainsTest implements LineTest {
  private final ByteSearch search;
  private final boolean negative;

  ContainsTest(ByteSearch search, boolean negative) {
    this.search = search;
    this.negative = negative;
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return search.isIn(bytes, from, to) != negative;
  }

  /** Lines that lie end to end are searched in one go, and what is found is mapped to its row. */
  @Override
  public void narrow(Column.Plain lines, BitSet rows) {
    if (search.length() == 0) {
      LineTest.super.narrow(lines, rows);
      return;
    }
    BitSet found = new BitSet(lines.starts().length);
    int from = rows.nextSetBit(0);
    while (from >= 0) {
      int to = endOfAdjacent(lines, from, rows.nextClearBit(from));
      find(lines, from, to, found);
      from = rows.nextSetBit(to);
    }
    if (negative) {
      rows.andNot(found);
    } else {
      rows.and(found);
    }
  }

  /**
   * Returns the first row up to {@code limit} whose line does not begin where the last one ends.
   */
  private static int endOfAdjacent(Column.Plain lines, int from, int limit) {
    int[] starts = lines.starts();
    int[] lengths = lines.lengths();
    int row = from + 1;
    while (row < limit
        && lengths[row - 1] >= 0
        && starts[row] == starts[row - 1] + lengths[row - 1]) {
      row++;
    }
    return row;
  }

  /** Marks the rows of {@code [from, to)}, which are adjacent, that hold the text. */
  private void find(Column.Plain lines, int from, int to, BitSet found) {
    int last = to - 1;
    int end = lines.starts()[last] + Math.max(lines.lengths()[last], 0);
    int row = from;
    int hit = search.indexOf(lines.bytes(), lines.starts()[from], end);
    while (hit >= 0) {
      while (row < last && lines.starts()[row + 1] <= hit) {
        row++;
      }
      int next = hit + 1;
      int lineEnd = row < last ? lines.starts()[row + 1] : end;
      if (hit + search.length() <= lineEnd) {
        found.set(row);
        next = lineEnd;
      }
      hit = search.indexOf(lines.bytes(), next, end);
    }
  }
}
