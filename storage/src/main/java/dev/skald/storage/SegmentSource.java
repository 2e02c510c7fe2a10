package dev.skald.storage;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
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
  private final List<SegmentEntry> segments;
  private final SegmentCache cache;
  private final CorruptionListener corruption;

  SegmentSource(List<SegmentEntry> segments, SegmentCache cache, CorruptionListener corruption) {
    this.segments = segments;
    this.cache = cache;
    this.corruption = corruption;
  }

  @Override
  public List<Block> select(Selection selection) {
    ReadAhead ahead =
        cache.path().readsAhead() ? new ReadAhead(cache.path(), selection.order()) : null;
    List<Block> blocks = new ArrayList<>();
    for (SegmentReader reader : open(selection.start(), selection.end())) {
      blocks.addAll(reader.select(selection, corruption, ahead));
    }
    return blocks;
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    Map<Labels, StreamStats> byLabels = new LinkedHashMap<>();
    for (SegmentReader reader : open(start, end)) {
      for (StreamStats stats : streams(reader, matchers, start, end)) {
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
    return cache.open(wanted);
  }
}
