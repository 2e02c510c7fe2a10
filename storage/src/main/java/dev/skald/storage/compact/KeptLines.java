package dev.skald.storage.compact;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.deletes.DeleteMask;
import java.time.Instant;
import java.util.BitSet;

/** Leaves out of a merge what has expired or is to be deleted. For one thread at a time. */
final class KeptLines implements RowFilter {
  private final RetentionRules rules;
  private final Instant now;
  private final DeleteMask deleted;
  private Labels stream;
  private long firstKept;

  /**
   * @param rules null if nothing expires
   */
  KeptLines(RetentionRules rules, Instant now, DeleteMask deleted) {
    this.rules = rules;
    this.now = now;
    this.deleted = deleted;
  }

  @Override
  public BitSet keep(Batch rows) {
    BitSet gone = deleted.isEmpty() ? null : deleted.covered(rows);
    if (rules != null) {
      gone = addExpired(rows, gone);
    }
    if (gone != null) {
      gone.flip(0, rows.rows());
    }
    return gone;
  }

  private BitSet addExpired(Batch rows, BitSet gone) {
    BitSet expired = gone;
    for (Batch.Run run : rows.runs()) {
      if (!run.labels().equals(stream)) {
        stream = run.labels();
        firstKept = RetentionRules.firstKept(rules.period(stream), now);
      }
      int row = run.from();
      while (row < run.to() && rows.timestamps()[row] < firstKept) {
        row++;
      }
      if (row > run.from()) {
        expired = expired == null ? new BitSet(rows.rows()) : expired;
        expired.set(run.from(), row);
      }
    }
    return expired;
  }
}
