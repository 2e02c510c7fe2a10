package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Reads the wanted rows and columns of one block: first runs and times, which say what rows are
 * wanted, then only the pages that hold those. Holds native memory; close it. Not safe for use by
 * several threads.
 */
final class BlockReader implements AutoCloseable {
  private final BlockSource source;
  private final BlockInfo info;
  private final PageReader pages;
  private final List<PageReader.Piece> loaded;
  private PageReader.Piece[] pieces;

  /**
   * @param loaded parts of the segment that are in memory already, possibly none
   */
  BlockReader(BlockSource source, List<PageReader.Piece> loaded) {
    this.source = source;
    this.loaded = loaded;
    this.info = source.info();
    this.pages = new PageReader(source.key());
  }

  /**
   * Returns the wanted rows, possibly none.
   *
   * @param streams of the segment, by ordinal
   * @param wanted ordinals of the wanted streams
   * @param columns all or fewer of those that the selection names
   */
  Batch read(List<StreamTotals> streams, RoaringBitmap wanted, Selection selection, Columns columns)
      throws IOException {
    pieces = source.load(List.of(info.runs(), info.times()), loaded);
    int[] runEnds = readRuns();
    long[] times = TimestampDecoder.decode(page(info.times()), runEnds);
    RowRanges rows = new RowRanges();
    List<Batch.Run> runs = new ArrayList<>();
    for (int i = 0; i < runEnds.length; i++) {
      int ordinal = info.bounds().firstStream() + i;
      if (wanted.contains(ordinal)) {
        int to = runEnds[i];
        int from = lowerBound(times, i == 0 ? 0 : runEnds[i - 1], to, selection.start());
        to = lowerBound(times, from, to, selection.end());
        if (from < to) {
          StreamTotals stream = streams.get(ordinal);
          int start = rows.rows();
          runs.add(new Batch.Run(stream.labels(), stream.hash(), start, start + to - from));
          rows.add(from, to);
        }
      }
    }
    return readColumns(runs, gather(times, rows), rows, columns);
  }

  /** Returns how many bytes of the segment were read so far. */
  long bytes() {
    return pages.bytes();
  }

  private Batch readColumns(List<Batch.Run> runs, long[] times, RowRanges rows, Columns columns)
      throws IOException {
    if (rows.rows() == 0) {
      return new Batch(List.of(), new long[0], Column.Absent.INSTANCE, List.of());
    }
    pieces = source.load(source.pages(columns, rows), loaded);
    List<BlockInfo.ColumnInfo> metadata = source.metadata(columns);
    List<Batch.MetadataColumn> values = new ArrayList<>(metadata.size());
    for (BlockInfo.ColumnInfo column : metadata) {
      Column decoded = decode(column, rows);
      if (!(decoded instanceof Column.Absent)) {
        values.add(new Batch.MetadataColumn(source.names().get(column.name()), decoded));
      }
    }
    Column text = columns.lines() ? readLines(rows) : Column.Absent.INSTANCE;
    return new Batch(runs, times, text, values);
  }

  private Column readLines(RowRanges rows) throws IOException {
    return new LinesReader(info, rows).read(page(info.lengths()), pages, pieces);
  }

  private Column decode(BlockInfo.ColumnInfo column, RowRanges rows) throws IOException {
    byte[] values = page(column.values());
    byte[] presence = column.presence() < 0 ? null : page(column.presence());
    int total = info.bounds().rows();
    return switch (column.encoding()) {
      case CONSTANT -> new Column.Constant(values);
      case DICTIONARY -> DictionaryPage.decode(values, total, rows);
      case PLAIN -> PlainPage.decode(values, presence, total, rows);
      case HEX -> HexPage.decode(values, presence, total, rows);
    };
  }

  private byte[] page(int number) throws IOException {
    BlockInfo.PageRef ref = source.page(number);
    return pages.read(pieces[number], ref.offset(), ref.length());
  }

  private int[] readRuns() throws IOException {
    ByteReader in = new ByteReader(page(info.runs()));
    int rows = info.bounds().rows();
    int[] ends = new int[info.bounds().streams()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += in.varint(1, rows - end, "rows of a run");
      ends[i] = end;
    }
    in.expectEnd();
    if (end != rows) {
      throw new MalformedException("runs of " + end + " rows, wanted " + rows);
    }
    return ends;
  }

  /** Returns the first row of {@code [from, to)} that is not before a time, or {@code to}. */
  private static int lowerBound(long[] times, int from, int to, long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long[] gather(long[] times, RowRanges rows) {
    if (rows.rows() == times.length) {
      return times;
    }
    long[] gathered = new long[rows.rows()];
    int at = 0;
    for (int range = 0; range < rows.count(); range++) {
      int length = rows.to(range) - rows.from(range);
      System.arraycopy(times, rows.from(range), gathered, at, length);
      at += length;
    }
    return gathered;
  }

  @Override
  public void close() {
    pages.close();
  }
}
