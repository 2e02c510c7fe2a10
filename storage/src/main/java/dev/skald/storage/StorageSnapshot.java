package dev.skald.storage;

import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.deletes.DeleteMask;
import dev.skald.storage.object.CorruptionListener;
import java.util.List;
import java.util.Set;

/**
 * One consistent view of what is stored: a head's entries are all in it, and {@link #sealed} says
 * so, or none is. Immutable; safe for use by any thread.
 */
public final class StorageSnapshot {
  private final CatalogSnapshot catalog;
  private final LogId log;
  private final SegmentCache cache;
  private final CorruptionListener corruption;

  StorageSnapshot(
      CatalogSnapshot catalog, LogId log, SegmentCache cache, CorruptionListener corruption) {
    this.catalog = catalog;
    this.log = log;
    this.cache = cache;
    this.corruption = corruption;
  }

  /** Returns whether the entries of a head of the writer's own log are in this snapshot. */
  public boolean sealed(HeadId head) {
    return catalog.sealed(log, head);
  }

  /** Returns the tenants that have stored entries. */
  public Set<String> tenants() {
    return catalog.tenants();
  }

  /**
   * Returns the stored entries of a tenant; a tenant that nobody knows has none. What cannot be
   * read any more because its bytes are bad is reported and left out.
   */
  public EntrySource entries(String tenant) {
    return new SegmentSource(catalog.segments(tenant), cache, corruption);
  }

  /** Returns what is stored of a tenant. */
  public StoredVersion version(String tenant) {
    return new StoredVersion(catalog.segments(tenant), catalog.deleteRequests(tenant));
  }

  /** Returns how many bytes the segments have that a range of time lies in. */
  public long bytes(String tenant, long start, long end) {
    return segments(tenant, start, end).stream().mapToLong(SegmentEntry::bytes).sum();
  }

  /** Returns how many streams those segments have, each stream as often as it is in one. */
  public long streams(String tenant, long start, long end) {
    return segments(tenant, start, end).stream().mapToLong(SegmentEntry::streams).sum();
  }

  private List<SegmentEntry> segments(String tenant, long start, long end) {
    return catalog.segments(tenant).stream().filter(one -> one.overlaps(start, end)).toList();
  }

  /** Returns what of a tenant's lines is to be seen no more, in heads and segments alike. */
  public DeleteMask deleted(String tenant) {
    return DeleteMask.of(catalog.deleteRequests(tenant));
  }
}
