package dev.skald.storage.segment;

import dev.skald.logql.batch.Column;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.Arrays;

/** A column whose values hardly repeat: the length of each value, then the values end to end. */
final class PlainPage {
  private PlainPage() {}

  /**
   * @param lengths of the values, one for each row that has one
   * @param bytes the values end to end
   */
  static void encode(int[] lengths, int count, ByteWriter bytes, ByteWriter out) {
    for (int i = 0; i < count; i++) {
      out.varint(lengths[i]);
    }
    out.bytes(bytes.array(), 0, bytes.size());
  }

  /**
   * Returns the values of some rows.
   *
   * @param presence which rows have a value, or null for all
   * @param rows how many rows the block has
   */
  static Column decode(byte[] page, byte[] presence, int rows, RowRanges wanted) {
    PresencePage.check(presence, rows);
    int count = PresencePage.count(presence, 0, rows);
    ByteReader in = new ByteReader(page);
    int[] ends = new int[count + 1];
    long end = 0;
    for (int i = 0; i < count; i++) {
      end += in.varint(0, page.length, "length of a value");
      ends[i + 1] = (int) Math.min(end, Integer.MAX_VALUE);
    }
    int base = in.position();
    if (end != in.remaining()) {
      throw new MalformedException("values of " + end + " bytes, wanted " + in.remaining());
    }
    return column(page, base, ends, presence, wanted);
  }

  private static Column column(
      byte[] page, int base, int[] ends, byte[] presence, RowRanges wanted) {
    int[] starts = new int[wanted.rows()];
    int[] lengths = new int[wanted.rows()];
    Arrays.fill(lengths, -1);
    int at = 0;
    int value = 0;
    int seen = 0;
    for (int range = 0; range < wanted.count(); range++) {
      value += PresencePage.count(presence, seen, wanted.from(range));
      seen = wanted.to(range);
      for (int row = wanted.from(range); row < wanted.to(range); row++, at++) {
        if (PresencePage.has(presence, row)) {
          starts[at] = base + ends[value];
          lengths[at] = ends[value + 1] - ends[value];
          value++;
        }
      }
    }
    return new Column.Plain(page, starts, lengths);
  }
}
