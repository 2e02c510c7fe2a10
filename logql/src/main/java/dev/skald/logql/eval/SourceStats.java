package dev.skald.logql.eval;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;

/** Counts what a query has done with blocks of one kind. One thread writes. */
public final class SourceStats {
  private long blocksSelected;
  private long blocks;
  private long rows;
  private long lineBytes;
  private long metadataBytes;
  private long rowsKept;
  private long storedBytes;
  private long selectNanos;
  private long readNanos;

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

  /** Length of the values of structured metadata that were read. */
  public long metadataBytes() {
    return metadataBytes;
  }

  /** Entries or samples that have passed the pipelines. */
  public long rowsKept() {
    return rowsKept;
  }

  /** Size of what was read, as it lies in its store. */
  public long storedBytes() {
    return storedBytes;
  }

  /** How long it took to find the blocks, in nanoseconds. */
  public long selectNanos() {
    return selectNanos;
  }

  /** How long it took to read the blocks and to unpack them, in nanoseconds. */
  public long readNanos() {
    return readNanos;
  }

  void tookToSelect(long nanos) {
    selectNanos += nanos;
  }

  void took(long bytes, long nanos) {
    storedBytes += bytes;
    readNanos += nanos;
  }

  void select() {
    blocksSelected++;
  }

  void read(Batch batch) {
    blocks++;
    rows += batch.rows();
    lineBytes += bytes(batch.lines(), batch.rows());
    readMetadata(batch);
  }

  /** Counts the metadata of a batch whose lines were counted before. */
  void readMetadata(Batch batch) {
    for (Batch.MetadataColumn column : batch.metadata()) {
      metadataBytes += bytes(column.values(), batch.rows());
    }
  }

  void keep() {
    rowsKept++;
  }

  private static long bytes(Column column, int rows) {
    long bytes = 0;
    switch (column) {
      case Column.Absent absent -> {}
      case Column.Constant constant -> bytes = (long) constant.value().length * rows;
      case Column.Dictionary dictionary -> {
        for (int row = 0; row < rows; row++) {
          int id = dictionary.ids()[row];
          bytes += id < 0 ? 0 : dictionary.values()[id].length;
        }
      }
      case Column.Plain plain -> {
        for (int row = 0; row < rows; row++) {
          bytes += Math.max(plain.lengths()[row], 0);
        }
      }
    }
    return bytes;
  }
}
