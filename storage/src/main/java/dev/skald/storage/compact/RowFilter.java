package dev.skald.storage.compact;

import dev.skald.logql.batch.Batch;
import java.util.BitSet;

/** Says which rows outlive a merge. Used by one thread at a time. */
@FunctionalInterface
public interface RowFilter {
  RowFilter ALL = rows -> null;

  /**
   * Returns the rows to keep; null for all.
   *
   * @param rows with all columns; their runs name the streams
   */
  BitSet keep(Batch rows);
}
