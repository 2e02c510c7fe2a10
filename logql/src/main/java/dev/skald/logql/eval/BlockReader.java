package dev.skald.logql.eval;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.stage.BlockNeeds;
import java.util.List;

/** Reads blocks for one query, counts them, and stops where the query is no longer wanted. */
final class BlockReader {
  private static final long BYTES_A_BLOCK = 200;

  private final EntrySource source;
  private final QueryContext context;
  private final EvalStats stats;

  /** The list of blocks, and what was read of the last one. */
  private final HeldMemory listed;

  private final HeldMemory block;

  BlockReader(EntrySource source, QueryContext context, EvalStats stats) {
    this.source = source;
    this.context = context;
    this.stats = stats;
    this.listed = new HeldMemory(context);
    this.block = new HeldMemory(context);
  }

  List<Block> select(Selection selection) {
    context.checkpoint();
    long begun = context.nanos();
    List<Block> blocks = source.select(selection);
    stats.tookToSelect(context.nanos() - begun);
    stats.select(blocks);
    try {
      listed.set(blocks.size() * BYTES_A_BLOCK);
    } catch (RuntimeException e) {
      blocks.forEach(Block::release);
      throw e;
    }
    return blocks;
  }

  /**
   * Reads what is needed of a block; where the lines decide whether anything is, the lines first.
   */
  Batch read(Block next, BlockNeeds needs) {
    Columns columns = needs.columns();
    block.look(next.memory(columns));
    if (!needs.testsLinesFirst() || !columns.wantsMetadata()) {
      return count(next, timed(next, columns));
    }
    Batch lines = count(next, timed(next, Columns.LINES_ONLY));
    if (!needs.anyLinePasses(lines)) {
      return lines;
    }
    Batch rest = timed(next, columns.withoutLines());
    stats.readMetadata(rest);
    // A block that has gone bad meanwhile is empty, and has been reported.
    return rest.rows() == lines.rows() ? rest.withLines(lines.lines()) : rest;
  }

  private Batch timed(Block next, Columns columns) {
    long begun = context.nanos();
    Batch batch = next.read(columns);
    stats.took(next, context.nanos() - begun);
    return batch;
  }

  private Batch count(Block of, Batch batch) {
    stats.read(of, batch);
    return batch;
  }
}
