package dev.skald.storage.segment;

import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.util.List;

/**
 * What streams of one segment have within a time range. The counts by minute are read when the
 * first stream lies only partly in the range. Not safe for use by several threads.
 */
final class StreamRangeStats {
  private final SegmentReader segment;
  private final long start;
  private final long end;
  private final CorruptionListener corruption;
  private List<MinuteCounts> minutes;
  private boolean noMinutes;

  StreamRangeStats(SegmentReader segment, long start, long end, CorruptionListener corruption) {
    this.segment = segment;
    this.start = start;
    this.end = end;
    this.corruption = corruption;
  }

  StreamStats of(int ordinal) throws IOException {
    StreamTotals totals = segment.streams().get(ordinal);
    boolean whole = totals.minTime() >= start && totals.maxTime() < end;
    if (!whole && readMinutes()) {
      return partOf(totals, ordinal);
    }
    return new StreamStats(
        totals.labels(),
        chunks(ordinal),
        totals.entries(),
        totals.lineBytes() + totals.metadataBytes());
  }

  private StreamStats partOf(StreamTotals totals, int ordinal) {
    MinuteCounts counts = minutes.get(ordinal);
    long firstMinute = Math.floorDiv(start, MinuteCounts.NANOS);
    long lastMinute = Math.floorDiv(end - 1, MinuteCounts.NANOS);
    long entries = 0;
    long lineBytes = 0;
    for (int i = 0; i < counts.minutes().length; i++) {
      if (counts.minutes()[i] >= firstMinute && counts.minutes()[i] <= lastMinute) {
        entries += counts.entries()[i];
        lineBytes += counts.lineBytes()[i];
      }
    }
    // Metadata is counted for the whole stream only; its share goes by the number of entries.
    double share = (double) entries / totals.entries();
    long metadataBytes = (long) Math.ceil(totals.metadataBytes() * share);
    return new StreamStats(totals.labels(), chunks(ordinal), entries, lineBytes + metadataBytes);
  }

  private long chunks(int ordinal) {
    long chunks = 0;
    for (BlockInfo block : segment.blocks()) {
      BlockInfo.Bounds bounds = block.bounds();
      boolean inTime = bounds.minTime() < end && bounds.maxTime() >= start;
      if (inTime && bounds.firstStream() <= ordinal && bounds.lastStream() >= ordinal) {
        chunks++;
      }
    }
    return chunks;
  }

  private boolean readMinutes() throws IOException {
    if (minutes == null && !noMinutes) {
      try {
        minutes = segment.minuteCounts();
      } catch (CorruptDataException failure) {
        noMinutes = true;
        corruption.corrupt(failure);
      }
    }
    return minutes != null;
  }
}
