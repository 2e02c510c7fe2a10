package dev.skald.storage;

import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.FencedException;
import dev.skald.storage.catalog.NewSegments;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.compact.Merge;
import dev.skald.storage.compact.MergeStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentLocation;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Puts merged segments in the place of those that they were made of. Safe for any thread. */
final class Merging implements MergeStore {
  private final ObjectStore store;
  private final Catalog catalog;
  private final NewSegments segments;
  private final GarbageSweep garbage;
  private final InstantSource clock;
  private final Function<String, Duration> garbageDelay;

  /** Segments of edits that have failed and may still be made. */
  private final Queue<SegmentEntry> doubtful = new ConcurrentLinkedQueue<>();

  /**
   * @param garbageDelay how long a tenant's segments that were replaced may still be read
   */
  Merging(
      ObjectStore store,
      StorageWriter writer,
      InstantSource clock,
      Function<String, Duration> garbageDelay) {
    this.store = store;
    this.catalog = writer.catalog();
    this.segments = writer.segments();
    this.garbage = writer.garbage();
    this.clock = clock;
    this.garbageDelay = garbageDelay;
  }

  @Override
  public List<SegmentEntry> segments() {
    var snapshot = catalog.snapshot();
    return snapshot.tenants().stream().map(snapshot::segments).flatMap(Collection::stream).toList();
  }

  @Override
  public SegmentReader openToMerge(SegmentEntry entry) throws IOException {
    return SegmentReader.open(
        store, new SegmentLocation(entry.key(), entry.bytes(), entry.tailLength()));
  }

  @Override
  public boolean replace(Merge merge, Optional<WrittenSegment> merged) throws IOException {
    catalog.settle();
    removeUnmade();
    if (!areThere(merge.inputs())) {
      return false;
    }
    var origin = new NewSegments.Origin(merge.tenant(), merge.level(), OptionalLong.empty());
    Optional<SegmentEntry> added = Optional.empty();
    if (merged.isPresent()) {
      added = Optional.of(segments.put(origin, merged.get()));
    }
    CatalogEdit.Builder edit = CatalogEdit.builder();
    Instant now = clock.instant();
    Duration delay = garbageDelay.apply(merge.tenant());
    merge.inputs().forEach(input -> edit.remove(input, now, delay));
    added.ifPresent(edit::add);
    try {
      catalog.commit(edit.build());
      return true;
    } catch (IOException failure) {
      return settle(merge, added, failure);
    }
  }

  /**
   * Finds out whether an edit that failed was made; if not, its segment is removed. As long as that
   * is open the segment stays.
   */
  private boolean settle(Merge merge, Optional<SegmentEntry> added, IOException failure)
      throws IOException {
    try {
      catalog.settle();
    } catch (FencedException overtaken) {
      added.ifPresent(segments::remove);
      throw overtaken;
    } catch (IOException unknown) {
      added.ifPresent(doubtful::add);
      failure.addSuppressed(unknown);
      throw failure;
    }
    boolean inputsThere = areThere(merge.inputs());
    boolean made = added.isPresent() ? areThere(List.of(added.get())) : !inputsThere;
    if (made) {
      return true;
    }
    if (catalog.isInDoubt()) {
      // Nothing stands at its number yet, but the put may be on its way.
      added.ifPresent(doubtful::add);
      throw failure;
    }
    added.ifPresent(segments::remove);
    if (inputsThere) {
      throw failure;
    }
    return false;
  }

  /** Removes segments of edits of which it is known by now that they were not made. */
  private void removeUnmade() {
    List<SegmentEntry> open = List.copyOf(doubtful);
    if (open.isEmpty() || catalog.isInDoubt()) {
      return;
    }
    CatalogSnapshot snapshot = catalog.snapshot();
    for (SegmentEntry entry : open) {
      if (!snapshot.knows(entry)) {
        segments.remove(entry);
      }
      doubtful.remove(entry);
    }
  }

  private boolean areThere(List<SegmentEntry> entries) {
    return new HashSet<>(catalog.snapshot().segments(entries.getFirst().tenant()))
        .containsAll(entries);
  }

  @Override
  public boolean hasGarbage(Instant now) {
    return catalog.snapshot().garbage().stream().anyMatch(object -> catalog.isDue(object, now));
  }

  @Override
  public void sweep(Instant now) throws IOException {
    garbage.sweep(now);
    removeUnmade();
  }
}
