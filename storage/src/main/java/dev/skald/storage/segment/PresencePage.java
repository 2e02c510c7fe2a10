package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;

/** Which rows have a value: a bit a row, the first row in the lowest bit of the first byte. */
final class PresencePage {
  private PresencePage() {}

  static void encode(ColumnValues values, ByteWriter out) {
    int at = out.zeros((values.rows() + 7) >>> 3);
    byte[] bytes = out.array();
    for (int row = 0; row < values.rows(); row++) {
      if (values.id(row) >= 0) {
        bytes[at + (row >>> 3)] |= (byte) (1 << (row & 7));
      }
    }
  }

  /** Checks that a page has a bit for each row; null is the page of a column without gaps. */
  static void check(byte[] page, int rows) {
    if (page != null && page.length != (rows + 7) >>> 3) {
      throw new MalformedException(
          "presence of " + page.length + " bytes, wanted those of " + rows + " rows");
    }
  }

  static boolean has(byte[] page, int row) {
    return page == null || (page[row >>> 3] & (1 << (row & 7))) != 0;
  }

  /** Returns how many rows of {@code [from, to)} have a value. */
  static int count(byte[] page, int from, int to) {
    if (page == null) {
      return to - from;
    }
    int count = 0;
    int row = from;
    while (row < to) {
      int last = Math.min(to, (row | 7) + 1);
      int mask = (0xFF >>> (8 - (last - row))) << (row & 7);
      count += Integer.bitCount(page[row >>> 3] & mask);
      row = last;
    }
    return count;
  }
}
