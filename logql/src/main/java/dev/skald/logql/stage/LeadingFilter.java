package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.batch.Stride;
import java.util.BitSet;

/** The line filters that a pipeline begins with: they see the lines as they were stored. */
final class LeadingFilter {
  /** Lines of so many bytes are tested in one go. */
  private static final int PIECE = 1 << 18;

  private final LineTest test;
  private final Slice line = new Slice();
  private final BitSet passing = new BitSet();
  private final BitSet piece = new BitSet();
  private Column decided;

  LeadingFilter(LineTest test) {
    this.test = test;
  }

  /**
   * Returns the rows of a batch whose lines pass; valid until the next batch. Lines that were asked
   * for last are not tested again.
   *
   * @param pause runs after each piece of the work
   */
  BitSet passing(Batch batch, Runnable pause) {
    Column lines = batch.lines();
    if (lines != decided) {
      decided = null;
      passing.clear();
      decide(lines, batch.rows(), pause);
      decided = lines instanceof Column.Absent ? null : lines;
    }
    return passing;
  }

  private void decide(Column lines, int rows, Runnable pause) {
    if (lines instanceof Column.Plain plain) {
      decideByPiece(plain, rows, pause);
      return;
    }
    Stride work = new Stride(pause, PIECE);
    passing.set(0, rows);
    for (int row = passing.nextSetBit(0); row >= 0; row = passing.nextSetBit(row + 1)) {
      if (!lines.read(row, line)) {
        line.set(Bytes.EMPTY, 0, 0);
      }
      work.step(line.length);
      if (!test.test(line.bytes, line.offset, line.end())) {
        passing.clear(row);
      }
    }
  }

  private void decideByPiece(Column.Plain lines, int rows, Runnable pause) {
    int from = 0;
    long bytes = 0;
    for (int row = 0; row < rows; row++) {
      bytes += Math.max(lines.lengths()[row], 0);
      if (bytes >= PIECE || row == rows - 1) {
        piece.clear();
        piece.set(from, row + 1);
        test.narrow(lines, piece);
        passing.or(piece);
        pause.run();
        from = row + 1;
        bytes = 0;
      }
    }
  }
}
