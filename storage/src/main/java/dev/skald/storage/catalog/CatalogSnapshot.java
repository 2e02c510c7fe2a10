package dev.skald.storage.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The catalog at one moment. Immutable; safe for use by any thread. */
public final class CatalogSnapshot {
  static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of(), new Roaring64Bitmap());

  private final Map<String, List<SegmentEntry>> byTenant;
  private final Roaring64Bitmap sealed;

  private CatalogSnapshot(Map<String, List<SegmentEntry>> byTenant, Roaring64Bitmap sealed) {
    this.byTenant = byTenant;
    this.sealed = sealed;
  }

  /** Returns the snapshot after an edit. */
  CatalogSnapshot with(CatalogEdit edit) {
    Map<String, List<SegmentEntry>> tenants = new HashMap<>(byTenant);
    Set<Long> removed = new HashSet<>(edit.removed());
    if (!removed.isEmpty()) {
      tenants.replaceAll(
          (tenant, segments) ->
              segments.stream().filter(entry -> !removed.contains(entry.number())).toList());
      tenants.values().removeIf(List::isEmpty);
    }
    for (SegmentEntry entry : edit.added()) {
      tenants.merge(
          entry.tenant(),
          List.of(entry),
          (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
    }
    Roaring64Bitmap heads = sealed;
    if (!edit.sealed().isEmpty()) {
      heads = sealed.clone();
      for (HeadId head : edit.sealed()) {
        heads.addLong(head.number());
      }
      heads.runOptimize();
    }
    return new CatalogSnapshot(tenants, heads);
  }

  /** Returns the snapshot with just these heads sealed. */
  CatalogSnapshot withSealed(Collection<HeadId> heads) {
    Roaring64Bitmap numbers = new Roaring64Bitmap();
    heads.forEach(head -> numbers.addLong(head.number()));
    return new CatalogSnapshot(byTenant, numbers);
  }

  /** Returns whether all entries of a head are in segments. */
  public boolean sealed(HeadId head) {
    return sealed.contains(head.number());
  }

  public Set<String> tenants() {
    return Set.copyOf(byTenant.keySet());
  }

  /** Returns the segments of a tenant, in the order in which they were added. */
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
}
