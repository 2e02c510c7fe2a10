package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes segments: sorts rows by stream and time, cuts them into blocks, and compresses each column.
 * The layout is drawn in {@code storage/docs/format/segment.md}. Holds native memory; close it. Not
 * safe for use by several threads.
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
    List<StreamRows> streams = StreamRows.sort(runs);
    StreamTally[] tallies = streams.stream().map(StreamTally::new).toArray(StreamTally[]::new);
    SegmentOutput output = new SegmentOutput();
    output.add(new ByteWriter().bytes(Footer.MAGIC).u32(Footer.VERSION).toByteArray());
    BlockDirectory blocks = writeBlocks(names(runs), streams, tallies, output);
    int tail = writeSections(tenant, day, blocks, tallies, output);
    return summary(day, output, tail, blocks);
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

  private BlockDirectory writeBlocks(
      List<String> names, List<StreamRows> streams, StreamTally[] tallies, SegmentOutput output) {
    BlockWriter writer = new BlockWriter(names, tallies, options);
    List<BlockInfo> blocks = new ArrayList<>();
    for (BlockRows rows : BlockRows.cut(streams, options)) {
      blocks.add(writer.write(rows, new BlockPages(output, compressor)));
    }
    return new BlockDirectory(names, blocks);
  }

  private int writeSections(
      String tenant, long day, BlockDirectory blocks, StreamTally[] tallies, SegmentOutput output) {
    Map<Footer.Section, BlockInfo.PageRef> sections = new EnumMap<>(Footer.Section.class);
    List<StreamTotals> totals = new ArrayList<>(tallies.length);
    ByteWriter page = new ByteWriter(1 << 12);
    for (StreamTally tally : tallies) {
      totals.add(tally.totals());
      tally.minutes().encode(page);
    }
    sections.put(Footer.Section.COUNTS, output.add(compressor.frame(page)));
    page.clear();
    StreamTable.encode(totals, page);
    sections.put(Footer.Section.STREAMS, output.add(compressor.frame(page)));
    page.clear();
    Postings.of(totals).encode(page);
    sections.put(Footer.Section.POSTINGS, output.add(compressor.frame(page)));
    page.clear();
    blocks.encode(page);
    sections.put(Footer.Section.BLOCKS, output.add(compressor.frame(page)));
    output.add(Footer.encode(tenant, day, sections, output.position()));
    return Math.toIntExact(output.position() - sections.get(Footer.Section.STREAMS).offset());
  }

  private static WrittenSegment summary(
      long day, SegmentOutput output, int tail, BlockDirectory blocks) {
    long entries = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int streams = 0;
    for (BlockInfo block : blocks.blocks()) {
      entries += block.bounds().rows();
      min = Math.min(min, block.bounds().minTime());
      max = Math.max(max, block.bounds().maxTime());
      streams = block.bounds().lastStream() + 1;
    }
    return new WrittenSegment(day, output.chunks(), tail, streams, entries, min, max);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
