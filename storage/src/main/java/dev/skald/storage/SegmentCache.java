package dev.skald.storage;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.Pending;
import dev.skald.storage.segment.ReadPath;
import dev.skald.storage.segment.SegmentLocation;
import dev.skald.storage.segment.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * Opened segments, up to so many bytes of them; the one that was used longest ago goes first. Who
 * wants a segment that another thread is opening waits for that. A segment that cannot be opened
 * because its bytes are bad is reported once and stays left out; one that is missing is looked for
 * again, as it may come back. Safe for use by any thread.
 */
final class SegmentCache {
  /** So many segments are opened at the same time, at most. */
  private static final int MOST_OPENING = 16;

  private final ReadPath path;
  private final long capacity;
  private final CorruptionListener corruption;
  private final Map<Long, SegmentReader> opened = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, Pending<Optional<SegmentReader>>> opening = new HashMap<>();
  private final Set<Long> quarantined = new HashSet<>();
  private long weight;

  SegmentCache(ReadPath path, long capacity, CorruptionListener corruption) {
    this.path = path;
    this.capacity = capacity;
    this.corruption = corruption;
  }

  /** By what way the segments are read. */
  ReadPath path() {
    return path;
  }

  /**
   * Returns segments, without those that cannot be read any more.
   *
   * @throws UncheckedIOException if one cannot be read now
   */
  List<SegmentReader> open(List<SegmentEntry> entries) {
    return open(entries, () -> {});
  }

  /**
   * Returns segments as the other does.
   *
   * @param pause runs between two of them and while a store is slow; what it throws ends the call
   */
  List<SegmentReader> open(List<SegmentEntry> entries, Runnable pause) {
    List<SegmentReader> readers = new ArrayList<>(entries.size());
    for (int from = 0; from < entries.size(); from += MOST_OPENING) {
      List<SegmentEntry> some =
          entries.subList(from, Math.min(entries.size(), from + MOST_OPENING));
      List<Pending<Optional<SegmentReader>>> pending = new ArrayList<>(some.size());
      for (SegmentEntry entry : some) {
        pause.run();
        pending.add(begin(entry));
      }
      for (int i = 0; i < pending.size(); i++) {
        await(some.get(i), pending.get(i), pause).ifPresent(readers::add);
      }
    }
    return readers;
  }

  private static Optional<SegmentReader> await(
      SegmentEntry entry, Pending<Optional<SegmentReader>> pending, Runnable pause) {
    try {
      return pending.await(pause);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open " + entry.key(), failure);
    }
  }

  private Pending<Optional<SegmentReader>> begin(SegmentEntry entry) {
    Pending<Optional<SegmentReader>> mine = new Pending<>();
    synchronized (this) {
      SegmentReader reader = opened.get(entry.number());
      if (reader != null || quarantined.contains(entry.number())) {
        mine.complete(Optional.ofNullable(reader));
        return mine;
      }
      Pending<Optional<SegmentReader>> theirs = opening.putIfAbsent(entry.number(), mine);
      if (theirs != null) {
        return theirs;
      }
    }
    try {
      path.executor().execute(() -> read(entry, mine));
    } catch (RejectedExecutionException stopping) {
      read(entry, mine);
    }
    return mine;
  }

  private void read(SegmentEntry entry, Pending<Optional<SegmentReader>> result) {
    try {
      var location = new SegmentLocation(entry.key(), entry.bytes(), entry.tailLength());
      SegmentReader reader = SegmentReader.open(path.ranges(), location);
      keep(entry.number(), reader);
      result.complete(Optional.of(reader));
    } catch (CorruptDataException failure) {
      leaveOut(entry.number(), failure, result);
    } catch (Throwable failure) {
      // Thrown to whoever waits.
      result.fail(failure);
    } finally {
      ended(entry.number());
    }
  }

  private void leaveOut(
      long number, CorruptDataException failure, Pending<Optional<SegmentReader>> result) {
    try {
      if (MissingSegments.isMissing(failure) || quarantine(number)) {
        corruption.corrupt(failure);
      }
      result.complete(Optional.empty());
    } catch (RuntimeException | Error broken) {
      // The store's own failure, or a fault of the listener: nobody may wait for ever.
      result.fail(broken);
    }
  }

  private synchronized void ended(long number) {
    opening.remove(number);
  }

  private synchronized boolean quarantine(long number) {
    return quarantined.add(number);
  }

  private synchronized void keep(long number, SegmentReader reader) {
    opened.put(number, reader);
    weight += reader.weight();
    var oldest = opened.values().iterator();
    while (weight > capacity && opened.size() > 1) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
