package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.StreamHash;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.ForwardingBlock;
import java.util.ArrayList;
import java.util.List;

/** A block of a tenant, seen beside those of others. */
final class TenantBlock extends ForwardingBlock {
  private final String tenant;

  /**
   * @param tenant whose streams these are
   */
  TenantBlock(Block block, String tenant) {
    super(block);
    this.tenant = tenant;
  }

  @Override
  public Batch read(Columns columns) {
    Batch batch = block().read(columns);
    List<Batch.Run> runs = new ArrayList<>(batch.runs().size());
    for (Batch.Run run : batch.runs()) {
      Labels labels = TenantUnion.labels(run.labels(), tenant);
      runs.add(new Batch.Run(labels, StreamHash.of(labels), run.from(), run.to()));
    }
    return new Batch(runs, batch.timestamps(), batch.lines(), batch.metadata());
  }
}
