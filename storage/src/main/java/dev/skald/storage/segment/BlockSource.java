package dev.skald.storage.segment;

import dev.skald.logql.batch.Columns;
import dev.skald.storage.object.RangeReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One block in an object store.
 *
 * @param names of all metadata of the segment
 */
record BlockSource(
    RangeReader ranges, SegmentLocation location, List<String> names, BlockInfo info) {
  /** The time of a row, or where a value of it lies. */
  private static final int BYTES_A_ROW = 8;

  String key() {
    return location.key();
  }

  BlockInfo.PageRef page(int number) {
    return info.pages().get(number);
  }

  long offset() {
    return info.pages().getFirst().offset();
  }

  /** Returns the metadata columns that are wanted. */
  List<BlockInfo.ColumnInfo> metadata(Columns columns) {
    List<BlockInfo.ColumnInfo> wanted = new ArrayList<>();
    for (BlockInfo.ColumnInfo column : info.columns()) {
      if (columns.wantsMetadata(names.get(column.name()))) {
        wanted.add(column);
      }
    }
    return wanted;
  }

  /** Returns about how much memory the wanted columns of all rows take. */
  long memory(Columns columns) {
    long bytes = (long) info.bounds().rows() * BYTES_A_ROW * (1 + metadata(columns).size());
    if (columns.lines()) {
      for (BlockInfo.LinePage lines : info.linePages()) {
        bytes += lines.bytes();
      }
    }
    return bytes;
  }

  /** Returns the numbers of the pages that hold wanted columns of some rows. */
  List<Integer> pages(Columns columns, RowRanges rows) {
    List<Integer> pages = new ArrayList<>();
    for (BlockInfo.ColumnInfo column : metadata(columns)) {
      pages.add(column.values());
      if (column.presence() >= 0) {
        pages.add(column.presence());
      }
    }
    if (columns.lines()) {
      pages.add(info.lengths());
      pages.addAll(new LinesReader(info, rows).pages());
    }
    return pages;
  }

  /**
   * Reads the stored bytes of some pages; the answer has them at their numbers.
   *
   * @param loaded parts of the segment that are in memory already
   */
  PageReader.Piece[] load(List<Integer> numbers, List<PageReader.Piece> loaded) throws IOException {
    PageReader.Piece[] pieces = new PageReader.Piece[info.pages().size()];
    int[] missing =
        numbers.stream()
            .distinct()
            .filter(number -> !find(number, loaded, pieces))
            .sorted(Comparator.comparingLong(number -> page(number).offset()))
            .mapToInt(number -> number)
            .toArray();
    int from = 0;
    for (int to = 1; to <= missing.length; to++) {
      boolean near =
          to < missing.length
              && page(missing[to]).offset() - page(missing[to - 1]).end() <= ranges.gap();
      if (!near) {
        long start = page(missing[from]).offset();
        PageReader.Piece piece = read(start, page(missing[to - 1]).end());
        Arrays.stream(missing, from, to).forEach(number -> pieces[number] = piece);
        from = to;
      }
    }
    return pieces;
  }

  private boolean find(int number, List<PageReader.Piece> loaded, PageReader.Piece[] pieces) {
    BlockInfo.PageRef ref = page(number);
    for (PageReader.Piece piece : loaded) {
      if (piece.offset() <= ref.offset() && piece.offset() + piece.bytes().length >= ref.end()) {
        pieces[number] = piece;
        return true;
      }
    }
    return false;
  }

  private PageReader.Piece read(long start, long end) throws IOException {
    int length = Math.toIntExact(end - start);
    return new PageReader.Piece(
        ranges.read(location.key(), location.bytes(), start, length), start);
  }
}
