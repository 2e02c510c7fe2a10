package dev.skald.logql.eval;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import java.util.List;

/** Counts what a query has done so far. One thread writes; not safe for use by several threads. */
public final class EvalStats {
  private final SourceStats recent = new SourceStats();
  private final SourceStats stored = new SourceStats();

  private int splits;

  /** Whose block is being read. */
  private SourceStats current = stored;

  /** What was done with blocks that are in memory. */
  public SourceStats recent() {
    return recent;
  }

  /** What was done with blocks that are stored. */
  public SourceStats stored() {
    return stored;
  }

  /** Parts of its range that were evaluated one after the other. */
  public int splits() {
    return splits;
  }

  /** Blocks that might hold something, as far as was looked. */
  public long blocksSelected() {
    return recent.blocksSelected() + stored.blocksSelected();
  }

  /** Blocks read. */
  public long blocks() {
    return recent.blocks() + stored.blocks();
  }

  /** Entries handed to the pipelines. */
  public long rows() {
    return recent.rows() + stored.rows();
  }

  /** Length of the lines read; 0 for a query that needs no lines. */
  public long lineBytes() {
    return recent.lineBytes() + stored.lineBytes();
  }

  /** Length of the values of structured metadata that were read. */
  public long metadataBytes() {
    return recent.metadataBytes() + stored.metadataBytes();
  }

  /** Entries or samples that have passed the pipelines. */
  public long rowsKept() {
    return recent.rowsKept() + stored.rowsKept();
  }

  void split() {
    splits++;
  }

  void select(List<Block> blocks) {
    blocks.forEach(block -> of(block).select());
  }

  void read(Block block, Batch batch) {
    current = of(block);
    current.read(batch);
  }

  /** Blocks in memory are found at once. */
  void tookToSelect(long nanos) {
    stored.tookToSelect(nanos);
  }

  /** Counts what a read of a block took. */
  void took(Block block, long nanos) {
    of(block).took(block.storedBytes(), nanos);
  }

  /** Counts the rest of the block that was read last. */
  void readMetadata(Batch batch) {
    current.readMetadata(batch);
  }

  void keep() {
    current.keep();
  }

  private SourceStats of(Block block) {
    return block.recent() ? recent : stored;
  }
}
