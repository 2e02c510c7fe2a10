package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The section that says what blocks a segment has and where their pages lie.
 *
 * @param names of all metadata columns
 */
record BlockDirectory(List<String> names, List<BlockInfo> blocks) {
  BlockDirectory {
    names = List.copyOf(names);
    blocks = List.copyOf(blocks);
  }

  void encode(ByteWriter out) {
    out.varint(names.size());
    names.forEach(out::string);
    out.varint(blocks.size());
    long offset = 0;
    for (BlockInfo block : blocks) {
      encodeBounds(block.bounds(), out);
      offset = encodePages(block.pages(), offset, out);
      out.varint(block.runs()).varint(block.times()).varint(block.lengths());
      out.varint(block.linePages().size());
      for (BlockInfo.LinePage page : block.linePages()) {
        out.varint(page.page()).varint(page.rows()).varint(page.bytes());
      }
      out.varint(block.columns().size());
      for (BlockInfo.ColumnInfo column : block.columns()) {
        out.varint(column.name()).u8(column.encoding().id());
        out.varint(column.values()).varint(column.presence() + 1);
      }
    }
  }

  private static void encodeBounds(BlockInfo.Bounds bounds, ByteWriter out) {
    out.varint(bounds.rows());
    out.zigzag(bounds.minTime()).varint(bounds.maxTime() - bounds.minTime());
    out.varint(bounds.firstStream()).varint(bounds.streams());
  }

  private static long encodePages(List<BlockInfo.PageRef> pages, long after, ByteWriter out) {
    long end = after;
    out.varint(pages.size());
    for (BlockInfo.PageRef page : pages) {
      out.varint(page.offset() - end).varint(page.length());
      end = page.end();
    }
    return end;
  }

  static BlockDirectory decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int nameCount = in.count(1, "number of names");
    List<String> names = new ArrayList<>(nameCount);
    for (int i = 0; i < nameCount; i++) {
      names.add(in.string());
    }
    int blockCount = in.count(8, "number of blocks");
    List<BlockInfo> blocks = new ArrayList<>(blockCount);
    long offset = 0;
    for (int i = 0; i < blockCount; i++) {
      BlockInfo block = decodeBlock(in, offset, nameCount);
      blocks.add(block);
      offset = block.pages().getLast().end();
    }
    in.expectEnd();
    return new BlockDirectory(names, blocks);
  }

  private static BlockInfo decodeBlock(ByteReader in, long offset, int names) {
    BlockInfo.Bounds bounds = decodeBounds(in);
    List<BlockInfo.PageRef> pages = decodePages(in, offset);
    int last = pages.size() - 1;
    int runs = in.varint(0, last, "page of the runs");
    int times = in.varint(0, last, "page of the times");
    int lengths = in.varint(0, last, "page of the lengths");
    List<BlockInfo.LinePage> linePages = decodeLinePages(in, bounds.rows(), last);
    int columnCount = in.count(4, "number of columns");
    List<BlockInfo.ColumnInfo> columns = new ArrayList<>(columnCount);
    for (int i = 0; i < columnCount; i++) {
      int name = in.varint(0, names - 1, "name of a column");
      ColumnEncoding encoding = ColumnEncoding.of(in.u8());
      int values = in.varint(0, last, "page of values");
      int presence = in.varint(0, last + 1, "page of presence") - 1;
      columns.add(new BlockInfo.ColumnInfo(name, encoding, values, presence));
    }
    return new BlockInfo(bounds, pages, runs, times, lengths, linePages, columns);
  }

  private static BlockInfo.Bounds decodeBounds(ByteReader in) {
    int rows = in.varint(1, Integer.MAX_VALUE, "rows of a block");
    long min = in.zigzag();
    long max = min + in.varint();
    int first = in.varint(0, Integer.MAX_VALUE / 2, "first stream");
    int streams = in.varint(1, rows, "streams of a block");
    return new BlockInfo.Bounds(rows, min, max, first, first + streams - 1);
  }

  private static List<BlockInfo.PageRef> decodePages(ByteReader in, long after) {
    int count = in.count(2, "number of pages");
    if (count == 0) {
      throw new MalformedException("a block without pages");
    }
    List<BlockInfo.PageRef> pages = new ArrayList<>(count);
    long end = after;
    for (int i = 0; i < count; i++) {
      long start = end + in.varint();
      int length = in.varint(PageFrame.HEAD, Integer.MAX_VALUE, "length of a page");
      pages.add(new BlockInfo.PageRef(start, length));
      end = start + length;
    }
    return pages;
  }

  private static List<BlockInfo.LinePage> decodeLinePages(ByteReader in, int rows, int lastPage) {
    int count = in.count(3, "number of line pages");
    List<BlockInfo.LinePage> pages = new ArrayList<>(count);
    int seen = 0;
    for (int i = 0; i < count; i++) {
      int page = in.varint(0, lastPage, "page of lines");
      int pageRows = in.varint(1, rows - seen, "rows of a page of lines");
      int bytes = in.varint(0, PageFrame.MAX_RAW, "bytes of a page of lines");
      pages.add(new BlockInfo.LinePage(page, pageRows, bytes));
      seen += pageRows;
    }
    if (seen != rows) {
      throw new MalformedException("lines of " + seen + " rows, wanted " + rows);
    }
    return pages;
  }
}
