package dev.skald.storage;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentLocation;
import dev.skald.storage.segment.SegmentReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opened segments, up to so many bytes of them; the one that was used longest ago goes first. A
 * segment that cannot be opened because its bytes are bad is reported once and stays left out. Safe
 * for use by any thread.
 */
final class SegmentCache {
  private final ObjectStore store;
  private final long capacity;
  private final CorruptionListener corruption;
  private final Map<Long, SegmentReader> opened = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Long> quarantined = new HashSet<>();
  private long weight;

  SegmentCache(ObjectStore store, long capacity, CorruptionListener corruption) {
    this.store = store;
    this.capacity = capacity;
    this.corruption = corruption;
  }

  /** Returns a segment, or nothing if it cannot be read any more. */
  Optional<SegmentReader> open(SegmentEntry entry) throws IOException {
    synchronized (this) {
      SegmentReader reader = opened.get(entry.number());
      if (reader != null || quarantined.contains(entry.number())) {
        return Optional.ofNullable(reader);
      }
    }
    // Two threads may read the same tail at once; that is harmless, and better than to wait.
    try {
      var location = new SegmentLocation(entry.key(), entry.bytes(), entry.tailLength());
      SegmentReader reader = SegmentReader.open(store, location);
      keep(entry.number(), reader);
      return Optional.of(reader);
    } catch (CorruptDataException failure) {
      if (quarantine(entry.number())) {
        corruption.corrupt(failure);
      }
      return Optional.empty();
    }
  }

  private synchronized boolean quarantine(long number) {
    return quarantined.add(number);
  }

  private synchronized void keep(long number, SegmentReader reader) {
    if (opened.put(number, reader) != null) {
      return;
    }
    weight += reader.weight();
    var oldest = opened.values().iterator();
    while (weight > capacity && opened.size() > 1) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
