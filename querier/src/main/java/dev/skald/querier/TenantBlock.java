package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.StreamHash;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of a tenant, seen beside those of others.
 *
 * @param tenant whose streams these are
 */
record TenantBlock(Block block, String tenant) implements Block {
  @Override
  public long minTime() {
    return block.minTime();
  }

  @Override
  public long maxTime() {
    return block.maxTime();
  }

  @Override
  public boolean recent() {
    return block.recent();
  }

  @Override
  public Batch read(Columns columns) {
    Batch batch = block.read(columns);
    List<Batch.Run> runs = new ArrayList<>(batch.runs().size());
    for (Batch.Run run : batch.runs()) {
      Labels labels = TenantUnion.labels(run.labels(), tenant);
      runs.add(new Batch.Run(labels, StreamHash.of(labels), run.from(), run.to()));
    }
    return new Batch(runs, batch.timestamps(), batch.lines(), batch.metadata());
  }

  @Override
  public long memory(Columns columns) {
    return block.memory(columns);
  }

  @Override
  public void release() {
    block.release();
  }
}
