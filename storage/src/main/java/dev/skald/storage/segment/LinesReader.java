package dev.skald.storage.segment;

import dev.skald.logql.batch.Column;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of some rows of a block from only those pages that hold them. */
final class LinesReader {
  private final BlockInfo info;
  private final RowRanges rows;
  private final List<BlockInfo.LinePage> needed = new ArrayList<>();
  private final List<Integer> firstRows = new ArrayList<>();

  LinesReader(BlockInfo info, RowRanges rows) {
    this.info = info;
    this.rows = rows;
    int row = 0;
    for (BlockInfo.LinePage page : info.linePages()) {
      if (rows.meets(row, row + page.rows())) {
        needed.add(page);
        firstRows.add(row);
      }
      row += page.rows();
    }
  }

  /** Returns the numbers of the pages to load. */
  List<Integer> pages() {
    return needed.stream().map(BlockInfo.LinePage::page).toList();
  }

  /**
   * Returns the lines.
   *
   * @param lengthsPage the raw page of the lengths
   * @param pieces the stored bytes of the pages, by number
   */
  Column read(byte[] lengthsPage, PageReader reader, PageReader.Piece[] pieces)
      throws CorruptDataException {
    int[] lengths = lengths(lengthsPage);
    int[] starts = new int[lengths.length];
    int total = 0;
    for (int i = 0; i < needed.size(); i++) {
      total = place(needed.get(i), firstRows.get(i), total, lengths, starts);
    }
    byte[] text = new byte[total];
    int at = 0;
    for (BlockInfo.LinePage page : needed) {
      unpack(page, reader, pieces[page.page()], text, at);
      at += page.bytes();
    }
    return column(text, starts, lengths);
  }

  private int[] lengths(byte[] page) {
    ByteReader in = new ByteReader(page);
    int[] lengths = new int[info.bounds().rows()];
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = in.varint(0, PageFrame.MAX_RAW, "length of a line");
    }
    in.expectEnd();
    return lengths;
  }

  /** Says where the lines of a page begin when the page begins at a place; returns its end. */
  private static int place(
      BlockInfo.LinePage page, int firstRow, int from, int[] lengths, int[] starts) {
    long at = from;
    for (int row = firstRow; row < firstRow + page.rows(); row++) {
      starts[row] = (int) at;
      at += lengths[row];
    }
    if (at - from != page.bytes() || at > PageFrame.MAX_RAW) {
      throw new MalformedException(
          "lines of " + (at - from) + " bytes, wanted the " + page.bytes() + " of their page");
    }
    return (int) at;
  }

  private void unpack(
      BlockInfo.LinePage page, PageReader reader, PageReader.Piece piece, byte[] text, int at)
      throws CorruptDataException {
    BlockInfo.PageRef ref = info.pages().get(page.page());
    int frame = reader.check(piece, ref.offset(), ref.length());
    int raw = PageReader.rawLength(piece, ref.offset());
    if (raw != page.bytes()) {
      throw reader.corrupt(ref.offset(), "lines of " + raw + " bytes, wanted " + page.bytes());
    }
    reader.unpack(piece.bytes(), frame, text, at, ref.offset());
  }

  private Column column(byte[] text, int[] starts, int[] lengths) {
    if (rows.rows() == lengths.length) {
      return new Column.Plain(text, starts, lengths);
    }
    int[] wantedStarts = new int[rows.rows()];
    int[] wantedLengths = new int[rows.rows()];
    int at = 0;
    for (int range = 0; range < rows.count(); range++) {
      int from = rows.from(range);
      int length = rows.to(range) - from;
      System.arraycopy(starts, from, wantedStarts, at, length);
      System.arraycopy(lengths, from, wantedLengths, at, length);
      at += length;
    }
    return new Column.Plain(text, wantedStarts, wantedLengths);
  }
}
