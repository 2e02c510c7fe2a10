package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads all rows of a block, those of one page of lines at a time: what it holds is the block as it
 * is stored, its raw columns but the lines, and one page of lines.
 */
final class BlockScan {
  private final BlockInfo info;
  private final List<String> names;
  private final List<StreamTotals> streams;
  private final PageReader.Piece stored;
  private final PageReader pages;
  private final int[] runEnds;
  private final long[] times;
  private final int[] lengths;
  private final byte[][] values;
  private final byte[][] presences;
  private int nextPage;
  private int row;
  private int run;

  /**
   * @param stored all pages of the block
   */
  BlockScan(
      BlockSource source, List<StreamTotals> streams, PageReader.Piece stored, PageReader pages)
      throws IOException {
    this.info = source.info();
    this.names = source.names();
    this.streams = streams;
    this.stored = stored;
    this.pages = pages;
    this.runEnds = readRuns();
    this.times = TimestampDecoder.decode(page(info.times()), runEnds);
    this.lengths = readLengths();
    this.values = new byte[info.columns().size()][];
    this.presences = new byte[info.columns().size()][];
    for (int i = 0; i < values.length; i++) {
      BlockInfo.ColumnInfo column = info.columns().get(i);
      values[i] = page(column.values());
      presences[i] = column.presence() < 0 ? null : page(column.presence());
    }
    checkTimes();
  }

  private byte[] page(int number) throws IOException {
    BlockInfo.PageRef ref = info.pages().get(number);
    return pages.read(stored, ref.offset(), ref.length());
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

  private int[] readLengths() throws IOException {
    ByteReader in = new ByteReader(page(info.lengths()));
    int[] read = new int[info.bounds().rows()];
    for (int i = 0; i < read.length; i++) {
      read[i] = in.varint(0, PageFrame.MAX_RAW, "length of a line");
    }
    in.expectEnd();
    return read;
  }

  private void checkTimes() {
    int from = 0;
    for (int end : runEnds) {
      for (int i = from + 1; i < end; i++) {
        if (times[i] < times[i - 1]) {
          throw new MalformedException("row " + i + " is older than the one before it");
        }
      }
      from = end;
    }
  }

  /** Returns the next rows, or null if there are none. */
  Batch next() throws IOException {
    if (nextPage == info.linePages().size()) {
      return null;
    }
    BlockInfo.LinePage page = info.linePages().get(nextPage++);
    int from = row;
    int to = from + page.rows();
    RowRanges range = new RowRanges();
    range.add(from, to);
    List<Batch.MetadataColumn> metadata = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      Column column = decode(i, range);
      if (!(column instanceof Column.Absent)) {
        metadata.add(new Batch.MetadataColumn(names.get(info.columns().get(i).name()), column));
      }
    }
    Column lines = lines(page, from, to);
    List<Batch.Run> runs = runs(from, to);
    row = to;
    return new Batch(runs, Arrays.copyOfRange(times, from, to), lines, metadata);
  }

  private Column decode(int column, RowRanges range) {
    byte[] page = values[column];
    int rows = info.bounds().rows();
    return switch (info.columns().get(column).encoding()) {
      case CONSTANT -> new Column.Constant(page);
      case DICTIONARY -> DictionaryPage.decode(page, rows, range);
      case PLAIN -> PlainPage.decode(page, presences[column], rows, range);
      case HEX -> HexPage.decode(page, presences[column], rows, range);
    };
  }

  private Column lines(BlockInfo.LinePage page, int from, int to) throws IOException {
    byte[] text = page(page.page());
    int[] starts = new int[to - from];
    long at = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (int) at;
      at += lengths[from + i];
    }
    if (at != text.length || at != page.bytes()) {
      throw new MalformedException(
          "lines of " + at + " bytes, wanted the " + text.length + " of their page");
    }
    return new Column.Plain(text, starts, Arrays.copyOfRange(lengths, from, to));
  }

  private List<Batch.Run> runs(int from, int to) {
    List<Batch.Run> runs = new ArrayList<>();
    int at = from;
    while (at < to) {
      StreamTotals stream = streams.get(info.bounds().firstStream() + run);
      int end = Math.min(runEnds[run], to);
      runs.add(new Batch.Run(stream.labels(), stream.hash(), at - from, end - from));
      at = end;
      if (at == runEnds[run]) {
        run++;
      }
    }
    return runs;
  }
}
