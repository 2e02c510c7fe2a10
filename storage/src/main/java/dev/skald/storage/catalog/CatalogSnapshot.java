package dev.skald.storage.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The catalog at one moment. Immutable; safe for use by any thread. */
public final class CatalogSnapshot {
  static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of(), Map.of(), Map.of(), Map.of());

  /** Names a delete request. */
  record RequestKey(String tenant, String id) {}

  private final Map<String, List<SegmentEntry>> byTenant;
  private final Map<LogId, Roaring64Bitmap> sealed;
  private final Map<String, Garbage> garbage;
  private final Map<RequestKey, DeleteRequest> requests;

  /** The maps are not changed any more. */
  CatalogSnapshot(
      Map<String, List<SegmentEntry>> byTenant,
      Map<LogId, Roaring64Bitmap> sealed,
      Map<String, Garbage> garbage,
      Map<RequestKey, DeleteRequest> requests) {
    this.byTenant = byTenant;
    this.sealed = sealed;
    this.garbage = garbage;
    this.requests = requests;
  }

  /** Returns the snapshot after an edit. */
  CatalogSnapshot with(CatalogEdit edit) {
    SnapshotDraft draft = new SnapshotDraft(byTenant, sealed, garbage, requests);
    edit.changes().forEach(draft::apply);
    return draft.finish();
  }

  /** Returns the snapshot with just these heads sealed. */
  CatalogSnapshot withSealed(Map<LogId, Roaring64Bitmap> heads) {
    return new CatalogSnapshot(byTenant, heads, garbage, requests);
  }

  /** Returns whether all entries of a head are in segments. */
  public boolean sealed(LogId log, HeadId head) {
    Roaring64Bitmap heads = sealed.get(log);
    return heads != null && heads.contains(head.number());
  }

  /** Returns the tenants that have segments. */
  public Set<String> tenants() {
    return Set.copyOf(byTenant.keySet());
  }

  /**
   * Returns the segments of a tenant, in the order in which their entries arrived: one that
   * replaces others has the place of the first of them.
   */
  public List<SegmentEntry> segments(String tenant) {
    return byTenant.getOrDefault(tenant, List.of());
  }

  /** Returns the segments of all tenants, by number. */
  public List<SegmentEntry> segments() {
    return byTenant.values().stream()
        .flatMap(Collection::stream)
        .sorted((a, b) -> Long.compare(a.number(), b.number()))
        .toList();
  }

  /** Returns the objects that were removed and are not deleted yet, oldest removal first. */
  public Collection<Garbage> garbage() {
    return garbage.values();
  }

  boolean isGarbage(String key) {
    return garbage.containsKey(key);
  }

  /** Returns whether a segment is there, or was and is not deleted yet. */
  public boolean knows(SegmentEntry segment) {
    return isGarbage(segment.key()) || segments(segment.tenant()).contains(segment);
  }

  /** Returns whether an object is that of a segment which is there. */
  public boolean names(String key) {
    return byTenant.values().stream()
        .flatMap(Collection::stream)
        .anyMatch(segment -> segment.key().equals(key));
  }

  /** Returns the delete requests of all tenants, in the order in which they were made. */
  public Collection<DeleteRequest> deleteRequests() {
    return requests.values();
  }

  /** Returns the delete requests of a tenant, in the order in which they were made. */
  public List<DeleteRequest> deleteRequests(String tenant) {
    return requests.values().stream().filter(request -> request.tenant().equals(tenant)).toList();
  }

  /** Returns a delete request, if there is one of that id. */
  public Optional<DeleteRequest> deleteRequest(String tenant, String id) {
    return Optional.ofNullable(requests.get(new RequestKey(tenant, id)));
  }
}
