package dev.skald.storage.deletes;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.ForwardingBlock;
import java.util.BitSet;
import java.util.List;

/** A block without the rows that delete requests cover. Safe for use by any thread. */
final class MaskedBlock extends ForwardingBlock {
  private static final Batch EMPTY =
      new Batch(List.of(), new long[0], Column.Absent.INSTANCE, List.of());

  private final DeleteMask mask;
  private final Runnable pause;

  /** What is left of how many rows; found by the first read. */
  private volatile Left left;

  /**
   * @param kept null for all
   */
  private record Left(int rows, BitSet kept) {}

  /**
   * @param pause runs now and then while it is found out what is covered; what it throws ends that
   */
  MaskedBlock(Block block, DeleteMask mask, Runnable pause) {
    super(block);
    this.mask = mask;
    this.pause = pause;
  }

  @Override
  public Batch read(Columns columns) {
    Batch batch = block().read(columns);
    Left known = left;
    if (known == null) {
      known = find(batch, columns);
      left = known;
    }
    if (known.rows != batch.rows()) {
      // Its bytes have gone bad between two reads.
      return EMPTY;
    }
    return known.kept == null ? batch : KeptRows.of(batch, known.kept);
  }

  private Left find(Batch batch, Columns columns) {
    boolean all = columns.lines() && columns.allMetadata();
    BitSet covered = mask.covered(batch, () -> all ? batch : block().read(Columns.ALL), pause);
    if (covered == null) {
      return new Left(batch.rows(), null);
    }
    covered.flip(0, batch.rows());
    return new Left(batch.rows(), covered);
  }

  @Override
  public long memory(Columns columns) {
    return block().memory(Columns.ALL);
  }
}
