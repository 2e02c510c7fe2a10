package dev.skald.storage.catalog;

import dev.skald.storage.catalog.CatalogSnapshot.RequestKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A snapshot that is being changed. What it shares with the one before it is copied first. */
final class SnapshotDraft {
  private final Map<String, List<SegmentEntry>> byTenant;
  private final Map<LogId, Roaring64Bitmap> sealed;
  private final Map<String, Garbage> garbage;
  private final Map<RequestKey, DeleteRequest> requests;
  private final Set<Object> own = new HashSet<>();

  /** Where segments of a day were removed. */
  private final Map<Day, Integer> places = new HashMap<>();

  private record Day(String tenant, long day) {}

  SnapshotDraft(
      Map<String, List<SegmentEntry>> byTenant,
      Map<LogId, Roaring64Bitmap> sealed,
      Map<String, Garbage> garbage,
      Map<RequestKey, DeleteRequest> requests) {
    this.byTenant = new HashMap<>(byTenant);
    this.sealed = new HashMap<>(sealed);
    this.garbage = new LinkedHashMap<>(garbage);
    this.requests = new LinkedHashMap<>(requests);
  }

  void apply(CatalogChange change) {
    switch (change) {
      case CatalogChange.Added added -> add(added.segment());
      case CatalogChange.Removed removed -> {
        remove(removed.number());
        garbage.put(removed.garbage().key(), removed.garbage());
      }
      case CatalogChange.Swept swept -> sweep(swept.key());
      case CatalogChange.Sealed head -> ofLog(head.log()).addLong(head.head().number());
      case CatalogChange.RequestPut put -> {
        DeleteRequest request = put.request();
        requests.put(new RequestKey(request.tenant(), request.id()), request);
      }
      case CatalogChange.RequestDropped dropped ->
          requests.remove(new RequestKey(dropped.tenant(), dropped.id()));
      // A process goes on knowing what it has forgotten: a query may have listed such a head.
      case CatalogChange.Forgotten ignored -> {}
      case CatalogChange.TakenOver ignored -> {}
      case CatalogChange.Damaged ignored -> {}
    }
  }

  /** A segment stands in the place of the first that was removed for it, or where it arrived. */
  private void add(SegmentEntry segment) {
    List<SegmentEntry> ofTenant = ofTenant(segment.tenant());
    Integer place = places.remove(new Day(segment.tenant(), segment.day()));
    ofTenant.add(
        place == null ? arrival(ofTenant, segment) : Math.min(place, ofTenant.size()), segment);
  }

  /** A head that is sealed late, as its first seal has failed, still stands before later heads. */
  private static int arrival(List<SegmentEntry> segments, SegmentEntry segment) {
    int place = segments.size();
    for (int i = place - 1; i >= 0; i--) {
      SegmentEntry other = segments.get(i);
      if (other.day() == segment.day()) {
        if (!isLater(other.head(), segment.head())) {
          break;
        }
        place = i;
      }
    }
    return place;
  }

  private static boolean isLater(OptionalLong head, OptionalLong than) {
    return head.isPresent() && than.isPresent() && head.getAsLong() > than.getAsLong();
  }

  private void remove(long number) {
    for (var tenant : byTenant.entrySet()) {
      List<SegmentEntry> segments = tenant.getValue();
      for (int i = 0; i < segments.size(); i++) {
        SegmentEntry entry = segments.get(i);
        if (entry.number() == number) {
          places.merge(new Day(entry.tenant(), entry.day()), i, Math::min);
          ofTenant(entry.tenant()).remove(i);
          return;
        }
      }
    }
  }

  /** If the edit that removed it was lost, the segment still stands among the live ones. */
  private void sweep(String key) {
    if (garbage.remove(key) == null) {
      drop(entry -> entry.key().equals(key));
    }
  }

  private void drop(Predicate<SegmentEntry> which) {
    for (String tenant : List.copyOf(byTenant.keySet())) {
      if (byTenant.get(tenant).stream().anyMatch(which)) {
        ofTenant(tenant).removeIf(which);
      }
    }
  }

  private List<SegmentEntry> ofTenant(String tenant) {
    if (own.add(tenant)) {
      byTenant.put(tenant, new ArrayList<>(byTenant.getOrDefault(tenant, List.of())));
    }
    return byTenant.get(tenant);
  }

  private Roaring64Bitmap ofLog(LogId log) {
    if (own.add(log)) {
      Roaring64Bitmap before = sealed.get(log);
      sealed.put(log, before == null ? new Roaring64Bitmap() : before.clone());
    }
    return sealed.get(log);
  }

  CatalogSnapshot finish() {
    byTenant.values().removeIf(List::isEmpty);
    byTenant.replaceAll((tenant, segments) -> Collections.unmodifiableList(segments));
    return new CatalogSnapshot(
        byTenant,
        sealed,
        Collections.unmodifiableMap(garbage),
        Collections.unmodifiableMap(requests));
  }
}
