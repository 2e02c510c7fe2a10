package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.bytes.ByteWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a segment block by block from rows that come in its order: by stream, then by time. It
 * holds the rows of one block and the sums of the streams. Not safe for use by several threads.
 */
final class SegmentBuilder {
  /** A block ends as well when its metadata takes this many times the bytes that its lines may. */
  private static final int METADATA_SHARE = 4;

  private final String tenant;
  private final long day;
  private final SegmentOptions options;
  private final PageCompressor compressor;
  private final SegmentOutput output;
  private final StreamTallies tallies = new StreamTallies();
  private final BlockWriter writer;
  private final List<String> names;
  private final List<BlockInfo> blocks = new ArrayList<>();
  private final Slice slice = new Slice();
  private List<StreamRun> runs = new ArrayList<>();
  private List<Integer> streams = new ArrayList<>();
  private StreamRun last;
  private int ordinal = -1;
  private int rows;
  private long bytes;
  private double metadataBytes;
  private double metadataBytesOfRow;

  /**
   * @param names of all metadata, sorted
   */
  SegmentBuilder(
      SegmentDay segment,
      List<String> names,
      SegmentOptions options,
      PageCompressor compressor,
      SegmentOutput output)
      throws IOException {
    this.tenant = segment.tenant();
    this.day = segment.day();
    this.names = names;
    this.options = options;
    this.compressor = compressor;
    this.output = output;
    this.writer = new BlockWriter(names, tallies, options);
    output.add(new ByteWriter().bytes(Footer.MAGIC).u32(Footer.VERSION).toByteArray());
  }

  /**
   * Adds rows that come after all that were added.
   *
   * @throws IllegalArgumentException if a row has no line
   */
  void add(StreamRun run) throws IOException {
    if (last == null || !last.labels().equals(run.labels())) {
      ordinal = tallies.open(run.labels(), run.streamHash());
    }
    if (last == null || last.batch() != run.batch()) {
      metadataBytesOfRow = metadataBytesOfRow(run.batch());
    }
    last = run;
    Column lines = run.batch().lines();
    int from = run.from();
    for (int row = run.from(); row < run.to(); row++) {
      if (!lines.read(row, slice)) {
        throw new IllegalArgumentException("row " + row + " of " + run.labels() + " has no line");
      }
      rows++;
      bytes += slice.length;
      metadataBytes += metadataBytesOfRow;
      if (isFull()) {
        addRows(run.rows(from, row + 1));
        endBlock();
        from = row + 1;
      }
    }
    if (from < run.to()) {
      addRows(run.rows(from, run.to()));
    }
  }

  private boolean isFull() {
    return rows == options.blockRows()
        || bytes >= options.blockBytes()
        || metadataBytes >= (double) METADATA_SHARE * options.blockBytes();
  }

  private void addRows(StreamRun run) {
    if (!runs.isEmpty()) {
      StreamRun before = runs.getLast();
      if (before.batch() == run.batch()
          && before.to() == run.from()
          && streams.getLast() == ordinal) {
        runs.set(runs.size() - 1, run.rows(before.from(), run.to()));
        return;
      }
    }
    runs.add(run);
    streams.add(ordinal);
  }

  /** Returns what the values of a row take on average. */
  private static double metadataBytesOfRow(Batch batch) {
    long total = 0;
    for (Batch.MetadataColumn column : batch.metadata()) {
      switch (column.values()) {
        case Column.Plain plain -> {
          for (int length : plain.lengths()) {
            total += Math.max(0, length);
          }
        }
        case Column.Dictionary dictionary -> {
          long values = 0;
          for (byte[] value : dictionary.values()) {
            values += value.length;
          }
          // Rows that are a part of a block have the whole dictionary of it.
          int distinct = Math.max(1, dictionary.values().length);
          total += values * Math.min(distinct, batch.rows()) / distinct;
        }
        case Column.Constant constant -> total += constant.value().length;
        case Column.Absent absent -> total += 0;
      }
    }
    return (double) total / batch.rows();
  }

  private void endBlock() throws IOException {
    if (runs.isEmpty()) {
      return;
    }
    blocks.add(
        writer.write(new BlockRows(runs, streams, rows), new BlockPages(output, compressor)));
    tallies.closeBefore(ordinal);
    runs = new ArrayList<>();
    streams = new ArrayList<>();
    rows = 0;
    bytes = 0;
    metadataBytes = 0;
  }

  /** Writes what is left and the sections; at least one row was added. */
  WrittenSegment finish() throws IOException {
    endBlock();
    tallies.closeAll();
    int tail = writeSections();
    return summary(tail);
  }

  private int writeSections() throws IOException {
    Map<Footer.Section, BlockInfo.PageRef> sections = new EnumMap<>(Footer.Section.class);
    ByteWriter page = tallies.counts();
    sections.put(Footer.Section.COUNTS, output.add(compressor.frame(page)));
    page.clear();
    StreamTable.encode(tallies.totals(), page);
    sections.put(Footer.Section.STREAMS, output.add(compressor.frame(page)));
    page.clear();
    Postings.of(tallies.totals()).encode(page);
    sections.put(Footer.Section.POSTINGS, output.add(compressor.frame(page)));
    page.clear();
    new BlockDirectory(names, blocks).encode(page);
    sections.put(Footer.Section.BLOCKS, output.add(compressor.frame(page)));
    output.add(Footer.encode(tenant, day, sections, output.position()));
    return Math.toIntExact(output.position() - sections.get(Footer.Section.STREAMS).offset());
  }

  private WrittenSegment summary(int tail) throws IOException {
    long entries = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (BlockInfo block : blocks) {
      entries += block.bounds().rows();
      min = Math.min(min, block.bounds().minTime());
      max = Math.max(max, block.bounds().maxTime());
    }
    int count = tallies.totals().size();
    return new WrittenSegment(day, output.content(), tail, count, entries, min, max);
  }
}
