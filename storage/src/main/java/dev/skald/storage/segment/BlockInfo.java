package dev.skald.storage.segment;

import java.util.List;

/**
 * Where the pages of a block lie and what it holds. The streams of a block are {@code firstStream}
 * to {@code lastStream}, each in one run, as the rows of a segment are sorted by stream.
 *
 * @param pages the frames of the block, in file order
 * @param runs page: rows of each stream
 * @param times page: {@link TimestampEncoder}
 * @param lengths page: the length of each line
 */
record BlockInfo(
    Bounds bounds,
    List<PageRef> pages,
    int runs,
    int times,
    int lengths,
    List<LinePage> linePages,
    List<ColumnInfo> columns) {

  /** What is known of the rows without reading them; times in unix nanoseconds. */
  record Bounds(int rows, long minTime, long maxTime, int firstStream, int lastStream) {
    int streams() {
      return lastStream - firstStream + 1;
    }
  }

  /** A frame: its place in the object and its length with the head. */
  record PageRef(long offset, int length) {
    long end() {
      return offset + length;
    }
  }

  /** A page of lines end to end: the number of its page, how many rows and bytes it has. */
  record LinePage(int page, int rows, int bytes) {}

  /**
   * A metadata column.
   *
   * @param name index into the names of the segment
   * @param values its page
   * @param presence the page that says which rows have a value, or -1 where none is needed
   */
  record ColumnInfo(int name, ColumnEncoding encoding, int values, int presence) {}

  BlockInfo {
    pages = List.copyOf(pages);
    linePages = List.copyOf(linePages);
    columns = List.copyOf(columns);
  }
}
