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

  /** Several sources as one. */
  private record Union(List<EntrySource> sources) implements EntrySource {
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
      for (EntrySource source : sources) {
        for (StreamStats stats : source.streams(matchers, start, end)) {
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
    this.tenant = tenant;
    this.recent = recent;
    this.storage = storage;
    this.hidesDeleted = hidesDeleted;
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
    EntrySource all = new Union(sources);
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
    return new DataView(tenants, heads, stored);
  }

  /** Returns how many bytes the segments have that a range of time lies in. */
  long storedBytes(long start, long end) {
    long bytes = 0;
    for (String one : JoinedTenants.split(tenant)) {
      bytes += storage.snapshot().bytes(one, start, end);
    }
    return bytes;
  }

  @Override
  public List<Block> select(Selection selection) {
    return source().select(selection);
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    return source().streams(matchers, start, end);
  }
}
