package dev.skald.storage;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.segment.ReadAhead;
import dev.skald.storage.segment.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stored entries of one tenant as they were at one moment. Safe for use by any thread. */
final class SegmentSource implements EntrySource {
  private static final int STREAMS_A_PAUSE = 1 << 14;

  private final List<SegmentEntry> segments;
  private final SegmentCache cache;
  private final CorruptionListener corruption;
  private final Runnable pause;

  SegmentSource(List<SegmentEntry> segments, SegmentCache cache, CorruptionListener corruption) {
    this(segments, cache, corruption, () -> {});
  }

  private SegmentSource(
      List<SegmentEntry> segments,
      SegmentCache cache,
      CorruptionListener corruption,
      Runnable pause) {
    this.segments = segments;
    this.cache = cache;
    this.corruption = corruption;
    this.pause = pause;
  }

  @Override
  public EntrySource pausing(Runnable newPause) {
    return new SegmentSource(segments, cache, corruption, newPause);
  }

  @Override
  public List<Block> select(Selection selection) {
    ReadAhead ahead =
        cache.path().readsAhead() ? new ReadAhead(cache.path(), selection.order(), pause) : null;
    List<Block> blocks = new ArrayList<>();
    for (SegmentReader reader : open(selection.start(), selection.end())) {
      pause.run();
      blocks.addAll(reader.select(selection, corruption, ahead));
    }
    return blocks;
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    Map<Labels, StreamStats> byLabels = new LinkedHashMap<>();
    Stride work = new Stride(pause, STREAMS_A_PAUSE);
    for (SegmentReader reader : open(start, end)) {
      pause.run();
      for (StreamStats stats : streams(reader, matchers, start, end)) {
        work.step();
        byLabels.merge(stats.labels(), stats, SegmentSource::add);
      }
    }
    return List.copyOf(byLabels.values());
  }

  private static StreamStats add(StreamStats a, StreamStats b) {
    return new StreamStats(
        a.labels(), a.chunks() + b.chunks(), a.entries() + b.entries(), a.bytes() + b.bytes());
  }

  private List<StreamStats> streams(
      SegmentReader reader, List<Matcher> matchers, long start, long end) {
    try {
      return reader.streams(matchers, start, end, corruption);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + reader.key(), failure);
    }
  }

  private List<SegmentReader> open(long start, long end) {
    List<SegmentEntry> wanted = new ArrayList<>();
    for (SegmentEntry entry : segments) {
      if (entry.overlaps(start, end)) {
        wanted.add(entry);
      }
    }
    List<SegmentReader> readers = new ArrayList<>(wanted.size());
    for (SegmentReader reader : cache.open(wanted, pause)) {
      readers.add(reader.pausing(cache.path(), pause));
    }
    return readers;
  }
}
