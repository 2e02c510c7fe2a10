package dev.skald.logql.eval;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
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

  Batch read(Block block) {
    context.checkpoint();
    Batch batch = block.read();
    stats.read(batch);
    return batch;
  }
}
