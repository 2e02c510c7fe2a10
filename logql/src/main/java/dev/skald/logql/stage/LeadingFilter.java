package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import java.util.BitSet;

/** The line filters that a pipeline begins with: they see the lines as they were stored. */
final class LeadingFilter {
  private final LineTest test;
  private final Slice line = new Slice();
  private final BitSet passing = new BitSet();
  private Column decided;

  LeadingFilter(LineTest test) {
    this.test = test;
  }

  /**
   * Returns the rows of a batch whose lines pass; valid until the next batch. Lines that were asked
   * for last are not tested again.
   */
  BitSet passing(Batch batch) {
    Column lines = batch.lines();
    if (lines != decided) {
      passing.clear();
      passing.set(0, batch.rows());
      decide(lines);
      decided = lines instanceof Column.Absent ? null : lines;
    }
    return passing;
  }

  private void decide(Column lines) {
    if (lines instanceof Column.Plain plain) {
      test.narrow(plain, passing);
      return;
    }
    for (int row = passing.nextSetBit(0); row >= 0; row = passing.nextSetBit(row + 1)) {
      if (!lines.read(row, line)) {
        line.set(Bytes.EMPTY, 0, 0);
      }
      if (!test.test(line.bytes, line.offset, line.end())) {
        passing.clear(row);
      }
    }
  }
}
