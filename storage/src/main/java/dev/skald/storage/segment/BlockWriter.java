package dev.skald.storage.segment;

import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.bytes.ByteWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes blocks, column by column: runs, times, metadata, lengths of lines, lines. Not safe for use
 * by several threads.
 */
final class BlockWriter {
  private final List<String> names;
  private final StreamTallies tallies;
  private final SegmentOptions options;
  private final ColumnWriter columns = new ColumnWriter();
  private final TimestampEncoder times = new TimestampEncoder();
  private final ByteWriter page = new ByteWriter(1 << 16);
  private final ByteWriter lengths = new ByteWriter(1 << 16);
  private final Slice slice = new Slice();

  /**
   * @param names of all metadata
   * @param tallies where the entries of each stream are counted
   */
  BlockWriter(List<String> names, StreamTallies tallies, SegmentOptions options) {
    this.names = names;
    this.tallies = tallies;
    this.options = options;
  }

  BlockInfo write(BlockRows rows, BlockPages pages) throws IOException {
    int first = rows.streams().getFirst();
    int[] runEnds = runEnds(rows, first);
    int runsPage = writeRuns(runEnds, pages);
    long[] timestamps = timestamps(rows);
    page.clear();
    times.encode(timestamps, runEnds, page);
    int timesPage = pages.add(page);
    List<BlockInfo.ColumnInfo> columnInfos = writeColumns(rows, pages);
    List<BlockInfo.LinePage> linePages = writeLines(rows, pages);
    int lengthsPage = pages.add(lengths);
    return new BlockInfo(
        bounds(timestamps, first, runEnds.length),
        pages.refs(),
        runsPage,
        timesPage,
        lengthsPage,
        linePages,
        columnInfos);
  }

  private static int[] runEnds(BlockRows rows, int first) {
    int[] ends = new int[rows.streams().getLast() - first + 1];
    int end = 0;
    for (int run = 0; run < rows.runs().size(); run++) {
      end += rows.runs().get(run).rows();
      ends[rows.streams().get(run) - first] = end;
    }
    return ends;
  }

  private int writeRuns(int[] runEnds, BlockPages pages) throws IOException {
    page.clear();
    int start = 0;
    for (int end : runEnds) {
      page.varint(end - start);
      start = end;
    }
    return pages.add(page);
  }

  private static long[] timestamps(BlockRows rows) {
    long[] timestamps = new long[rows.rows()];
    int at = 0;
    for (StreamRun run : rows.runs()) {
      System.arraycopy(run.batch().timestamps(), run.from(), timestamps, at, run.rows());
      at += run.rows();
    }
    return timestamps;
  }

  private static BlockInfo.Bounds bounds(long[] timestamps, int firstStream, int streams) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (long time : timestamps) {
      min = Math.min(min, time);
      max = Math.max(max, time);
    }
    return new BlockInfo.Bounds(
        timestamps.length, min, max, firstStream, firstStream + streams - 1);
  }

  private List<BlockInfo.ColumnInfo> writeColumns(BlockRows rows, BlockPages pages)
      throws IOException {
    List<BlockInfo.ColumnInfo> infos = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      BlockInfo.ColumnInfo info = columns.write(names.get(i), i, rows, tallies, pages);
      if (info != null) {
        infos.add(info);
      }
    }
    return infos;
  }

  /** Writes the pages of lines and leaves the lengths in {@link #lengths}. */
  private List<BlockInfo.LinePage> writeLines(BlockRows rows, BlockPages pages) throws IOException {
    List<BlockInfo.LinePage> infos = new ArrayList<>();
    lengths.clear();
    page.clear();
    int pageRows = 0;
    for (int run = 0; run < rows.runs().size(); run++) {
      StreamRun source = rows.runs().get(run);
      StreamTally tally = tallies.of(rows.streams().get(run));
      Column lines = source.batch().lines();
      long[] timestamps = source.batch().timestamps();
      for (int row = source.from(); row < source.to(); row++) {
        lines.read(row, slice);
        tally.add(timestamps[row], slice.length);
        lengths.varint(slice.length);
        page.bytes(slice.bytes, slice.offset, slice.length);
        pageRows++;
        if (page.size() >= options.linePageBytes()) {
          infos.add(endLinePage(pageRows, pages));
          pageRows = 0;
        }
      }
    }
    if (pageRows > 0) {
      infos.add(endLinePage(pageRows, pages));
    }
    return infos;
  }

  private BlockInfo.LinePage endLinePage(int rows, BlockPages pages) throws IOException {
    BlockInfo.LinePage info = new BlockInfo.LinePage(pages.add(page), rows, page.size());
    page.clear();
    return info;
  }
}
