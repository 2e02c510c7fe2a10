package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes segments of entries that are all in memory: sorts them by stream and time. The layout is
 * drawn in {@code storage/docs/format/segment.md}. Holds native memory; close it. Not safe for use
 * by several threads.
 */
public final class SegmentWriter implements AutoCloseable {
  private static final Comparator<String> BY_BYTES = Labels::compareBytes;

  private final SegmentOptions options;
  private final PageCompressor compressor;

  public SegmentWriter(SegmentOptions options) {
    this.options = options;
    this.compressor = new PageCompressor(options.zstdLevel());
  }

  /**
   * Makes one segment of each UTC day that has entries, in order; none if there are no entries.
   *
   * @param batches in order of arrival, with the line of each row
   * @throws IllegalArgumentException if a run is not in time order or a row has no line
   */
  public List<WrittenSegment> write(String tenant, List<Batch> batches) {
    List<WrittenSegment> segments = new ArrayList<>();
    Days.split(StreamRows.runs(batches))
        .forEach((day, runs) -> segments.add(writeDay(tenant, day, runs)));
    return segments;
  }

  private WrittenSegment writeDay(String tenant, long day, List<StreamRun> runs) {
    try {
      SegmentBuilder builder =
          new SegmentBuilder(
              new SegmentDay(tenant, day), names(runs), options, compressor, new MemoryOutput());
      for (StreamRows stream : StreamRows.sort(runs)) {
        for (StreamRun run : stream.runs()) {
          builder.add(run);
        }
      }
      return builder.finish();
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes what is written", impossible);
    }
  }

  private static List<String> names(List<StreamRun> runs) {
    SortedSet<String> names = new TreeSet<>(BY_BYTES);
    Batch previous = null;
    for (StreamRun run : runs) {
      if (run.batch() != previous) {
        previous = run.batch();
        previous.metadata().forEach(column -> names.add(column.name()));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
