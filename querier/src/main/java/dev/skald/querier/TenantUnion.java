package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of several tenants, told apart by a label more on each stream, {@code __tenant_id__}
 * (http-api.md §1.3). A stream's own label of that name becomes {@code original___tenant_id__}.
 *
 * @param tenants what each of them has
 * @param pause runs now and then while labels are made; what it throws ends that
 */
record TenantUnion(Map<String, EntrySource> tenants, Runnable pause) implements EntrySource {
  private static final int STREAMS_A_PAUSE = 1 << 12;

  TenantUnion(Map<String, EntrySource> tenants) {
    this(tenants, () -> {});
  }

  @Override
  public EntrySource pausing(Runnable newPause) {
    Map<String, EntrySource> pausing = new LinkedHashMap<>();
    tenants.forEach((tenant, source) -> pausing.put(tenant, source.pausing(newPause)));
    return new TenantUnion(pausing, newPause);
  }

  @Override
  public List<Block> select(Selection selection) {
    List<Block> blocks = new ArrayList<>();
    Selection own =
        new Selection(
            JoinedTenants.streamMatchers(selection.matchers()),
            selection.start(),
            selection.end(),
            selection.columns(),
            selection.order());
    tenants.forEach(
        (tenant, source) -> {
          if (JoinedTenants.wants(tenant, selection.matchers())) {
            for (Block block : source.select(own)) {
              blocks.add(new TenantBlock(block, tenant));
            }
          }
        });
    return blocks;
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    List<StreamStats> streams = new ArrayList<>();
    Stride work = new Stride(pause, STREAMS_A_PAUSE);
    tenants.forEach(
        (tenant, source) -> {
          if (JoinedTenants.wants(tenant, matchers)) {
            for (StreamStats stats :
                source.streams(JoinedTenants.streamMatchers(matchers), start, end)) {
              work.step();
              streams.add(
                  new StreamStats(
                      labels(stats.labels(), tenant),
                      stats.chunks(),
                      stats.entries(),
                      stats.bytes()));
            }
          }
        });
    return streams;
  }

  /** Returns the labels of a tenant's stream as they are seen beside those of others. */
  static Labels labels(Labels own, String tenant) {
    Labels.Builder builder = own.toBuilder();
    String original = own.get(JoinedTenants.LABEL);
    if (original != null) {
      builder.set(JoinedTenants.ORIGINAL, original);
    }
    return builder.set(JoinedTenants.LABEL, tenant).build();
  }
}
