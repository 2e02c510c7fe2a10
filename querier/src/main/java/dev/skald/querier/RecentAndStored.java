package dev.skald.querier;

import dev.skald.ingester.HeadEntries;
import dev.skald.ingester.RecentHeads;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All entries of a tenant, or of several together: those in heads and those in segments. The heads
 * are listed before the catalog is read, and a head that the catalog calls sealed is left out; so
 * an entry that moves from one to the other meanwhile is seen exactly once. Lines that delete
 * requests cover are left out.
 */
final class RecentAndStored implements EntrySource {
  private final String tenant;
  private final RecentHeads recent;
  private final Storage storage;
  private final boolean hidesDeleted;
  private final Runnable pause;

  /** Several sources as one. */
  private record Union(List<EntrySource> sources, Runnable pause) implements EntrySource {
    private static final int STREAMS_A_PAUSE = 1 << 13;

    @Override
    public EntrySource pausing(Runnable newPause) {
      return new Union(sources.stream().map(one -> one.pausing(newPause)).toList(), newPause);
    }

    @Override
    public List<Block> select(Selection selection) {
      List<Block> blocks = new ArrayList<>();
      for (EntrySource source : sources) {
        blocks.addAll(source.select(selection));
      }
      return blocks;
    }

    @Override
    public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
      Map<Labels, StreamStats> merged = new HashMap<>();
      Stride work = new Stride(pause, STREAMS_A_PAUSE);
      for (EntrySource source : sources) {
        for (StreamStats stats : source.streams(matchers, start, end)) {
          work.step();
          merged.merge(stats.labels(), stats, Union::sum);
        }
      }
      return new ArrayList<>(merged.values());
    }

    private static StreamStats sum(StreamStats a, StreamStats b) {
      return new StreamStats(
          a.labels(), a.chunks() + b.chunks(), a.entries() + b.entries(), a.bytes() + b.bytes());
    }
  }

  /**
   * @param tenant one, or several joined by {@code |}
   * @param hidesDeleted whether delete requests act
   */
  RecentAndStored(String tenant, RecentHeads recent, Storage storage, boolean hidesDeleted) {
    this(tenant, recent, storage, hidesDeleted, () -> {});
  }

  private RecentAndStored(
      String tenant, RecentHeads recent, Storage storage, boolean hidesDeleted, Runnable pause) {
    this.tenant = tenant;
    this.recent = recent;
    this.storage = storage;
    this.hidesDeleted = hidesDeleted;
    this.pause = pause;
  }

  @Override
  public EntrySource pausing(Runnable newPause) {
    return new RecentAndStored(tenant, recent, storage, hidesDeleted, newPause);
  }

  String tenant() {
    return tenant;
  }

  boolean hidesDeleted() {
    return hidesDeleted;
  }

  /**
   * Before the log is replayed some entries are in no head: no answer is better than half of one.
   */
  private EntrySource source() {
    if (!recent.replayed()) {
      throw new QueryException(
          QueryException.Kind.UNAVAILABLE, "Ingester not ready: replaying the write-ahead log");
    }
    List<String> tenants = JoinedTenants.split(tenant);
    if (tenants.size() == 1) {
      return source(tenant);
    }
    Map<String, EntrySource> each = new LinkedHashMap<>();
    tenants.forEach(one -> each.put(one, source(one)));
    return new TenantUnion(each);
  }

  private EntrySource source(String one) {
    List<HeadEntries> heads = recent.heads(one);
    StorageSnapshot stored = storage.snapshot();
    List<EntrySource> sources = new ArrayList<>();
    for (HeadEntries head : heads) {
      if (!stored.sealed(head.head())) {
        sources.add(head.entries());
      }
    }
    sources.add(stored.entries(one));
    EntrySource all = new Union(sources, () -> {});
    return hidesDeleted ? stored.deleted(one).over(all) : all;
  }

  /** Returns what there is to be seen now. */
  DataView view() {
    List<String> tenants = JoinedTenants.split(tenant);
    List<DataView.Head> heads = new ArrayList<>();
    for (String one : tenants) {
      for (HeadEntries head : recent.heads(one)) {
        heads.add(new DataView.Head(head.head(), head.extent().get()));
      }
    }
    StorageSnapshot stored = storage.snapshot();
    heads.removeIf(head -> stored.sealed(head.id()));
    return new DataView(heads, tenants.stream().map(stored::version).toList());
  }

  /** Returns what may lie in a range of time; streams count once in each head and segment. */
  ReadCost.Most most(long start, long end) {
    long bytes = 0;
    long streams = 0;
    for (String one : JoinedTenants.split(tenant)) {
      StorageSnapshot stored = storage.snapshot();
      bytes += stored.bytes(one, start, end);
      streams += stored.streams(one, start, end);
      for (HeadEntries head : recent.heads(one)) {
        streams += head.extent().get().streams();
      }
    }
    return new ReadCost.Most(bytes, streams);
  }

  @Override
  public List<Block> select(Selection selection) {
    return source().pausing(pause).select(selection);
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    return source().pausing(pause).streams(matchers, start, end);
  }
}
