package dev.skald.logql.eval;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;

/** Counts what a query has done so far. One thread writes; not safe for use by several threads. */
public final class EvalStats {
  private long blocksSelected;
  private long blocks;
  private long rows;
  private long lineBytes;
  private long rowsKept;

  /** Blocks that might hold something, as far as was looked. */
  public long blocksSelected() {
    return blocksSelected;
  }

  /** Blocks read. */
  public long blocks() {
    return blocks;
  }

  /** Entries handed to the pipelines. */
  public long rows() {
    return rows;
  }

  /** Length of the lines read; 0 for a query that needs no lines. */
  public long lineBytes() {
    return lineBytes;
  }

  /** Entries or samples that have passed the pipelines. */
  public long rowsKept() {
    return rowsKept;
  }

  void select(int more) {
    blocksSelected += more;
  }

  void read(Batch batch) {
    blocks++;
    rows += batch.rows();
    lineBytes += lineBytes(batch);
  }

  void keep() {
    rowsKept++;
  }

  private static long lineBytes(Batch batch) {
    long bytes = 0;
    switch (batch.lines()) {
      case Column.Absent absent -> {}
      case Column.Constant constant -> bytes = (long) constant.value().length * batch.rows();
      case Column.Dictionary dictionary -> {
        for (int row = 0; row < batch.rows(); row++) {
          int id = dictionary.ids()[row];
          bytes += id < 0 ? 0 : dictionary.values()[id].length;
        }
      }
      case Column.Plain plain -> {
        for (int row = 0; row < batch.rows(); row++) {
          bytes += Math.max(plain.lengths()[row], 0);
        }
      }
    }
    return bytes;
  }
}
