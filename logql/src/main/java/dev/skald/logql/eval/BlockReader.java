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
  private final EntrySource source;
  private final QueryContext context;
  private final EvalStats stats;

  BlockReader(EntrySource source, QueryContext context, EvalStats stats) {
    this.source = source;
    this.context = context;
    this.stats = stats;
  }

  List<Block> select(Selection selection) {
    context.checkpoint();
    return source.select(selection);
  }

  /**
   * Reads what is needed of a block; where the lines decide whether anything is, the lines first.
   */
  Batch read(Block block, BlockNeeds needs) {
    context.checkpoint();
    Columns columns = needs.columns();
    if (!needs.testsLinesFirst() || !columns.wantsMetadata()) {
      return count(block.read(columns));
    }
    Batch lines = count(block.read(Columns.LINES_ONLY));
    if (!needs.anyLinePasses(lines)) {
      return lines;
    }
    Batch rest = block.read(columns.withoutLines());
    // A block that has gone bad meanwhile is empty, and has been reported.
    return rest.rows() == lines.rows() ? rest.withLines(lines.lines()) : rest;
  }

  private Batch count(Batch batch) {
    stats.read(batch);
    return batch;
  }
}
