package dev.skald.storage;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.NewSegments;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Makes segments of heads. Safe for use by any thread; several heads at a time. */
final class Sealing {
  private final Catalog catalog;
  private final NewSegments segments;
  private static final int LEAST_LEVEL = 1;

  private final SegmentOptions options;

  /** A head has one of these, so that nobody seals it a second time meanwhile. */
  private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(64).toList();

  /**
   * Segments of heads whose edit has failed, for the next attempt: the edit may be there, so that
   * they must stay.
   */
  private final Map<HeadId, List<SegmentEntry>> written = new ConcurrentHashMap<>();

  Sealing(Catalog catalog, NewSegments segments, SegmentOptions options) {
    this.catalog = catalog;
    this.segments = segments;
    this.options = options;
  }

  /** Writes the segments of a head and one edit that names them all, unless that is done. */
  void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort) throws IOException {
    ReentrantLock lock = locks.get((int) (head.number() % locks.size()));
    lock.lock();
    try {
      catalog.settle();
      if (!catalog.snapshot().sealed(catalog.log(), head)) {
        List<SegmentEntry> added = written.get(head);
        if (added == null) {
          added = write(head, byTenant, options(effort));
          written.put(head, added);
        }
        catalog.commit(CatalogEdit.builder().addAll(added).seal(catalog.log(), head).build());
      }
      written.remove(head);
    } finally {
      lock.unlock();
    }
  }

  private SegmentOptions options(SealEffort effort) {
    return switch (effort) {
      case USUAL -> options;
      case LEAST -> options.withLevel(LEAST_LEVEL);
    };
  }

  private List<SegmentEntry> write(HeadId head, Map<String, Batch> byTenant, SegmentOptions written)
      throws IOException {
    List<SegmentEntry> added = new ArrayList<>();
    try (SegmentWriter writer = new SegmentWriter(written)) {
      for (var tenant : new TreeMap<>(byTenant).entrySet()) {
        var origin =
            new NewSegments.Origin(
                tenant.getKey(), SegmentEntry.SEALED, OptionalLong.of(head.number()));
        for (WrittenSegment segment : writer.write(tenant.getKey(), List.of(tenant.getValue()))) {
          added.add(segments.put(origin, segment));
        }
      }
      return added;
    } catch (IOException | RuntimeException failure) {
      added.forEach(segments::remove);
      throw failure;
    }
  }
}
