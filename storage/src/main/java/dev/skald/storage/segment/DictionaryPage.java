package dev.skald.storage.segment;

import dev.skald.logql.batch.Column;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;

/**
 * A column of few distinct values: the values, then an id a row, 0 for no value, else the place of
 * the value plus one. Ids are packed in 1, 2, 4, 8, 16 or 32 bits, so that none crosses a byte
 * border and zstd sees them repeat.
 */
final class DictionaryPage {
  private DictionaryPage() {}

  static void encode(ColumnValues values, ByteWriter out) {
    ValueTable table = values.distinct();
    out.varint(table.size());
    for (int id = 0; id < table.size(); id++) {
      out.varint(table.value(id).length);
    }
    for (int id = 0; id < table.size(); id++) {
      out.bytes(table.value(id));
    }
    int width = width(table.size());
    out.u8(width);
    int[] ids = new int[values.rows()];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = values.id(row) + 1;
    }
    BitPacking.pack(ids, ids.length, width, out);
  }

  private static int width(int largest) {
    int bits = BitPacking.width(largest);
    return bits <= 1 ? 1 : Integer.highestOneBit(bits - 1) << 1;
  }

  /**
   * Returns the values of some rows, as a constant or as absent where the ids allow.
   *
   * @param rows how many rows the block has
   */
  static Column decode(byte[] page, int rows, RowRanges wanted) {
    ByteReader in = new ByteReader(page);
    byte[][] values = new byte[in.count(1, "number of values")][];
    int[] lengths = new int[values.length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = in.count(1, "length of a value");
    }
    for (int i = 0; i < lengths.length; i++) {
      values[i] = in.bytes(lengths[i]);
    }
    int width = in.u8();
    if (width > 32) {
      throw new MalformedException("ids of " + width + " bits, wanted at most 32");
    }
    int start = in.position();
    in.skip(BitPacking.checkedEnd(page, start, rows, width) - start);
    in.expectEnd();
    return column(readIds(page, start, width, wanted), values);
  }

  private static int[] readIds(byte[] page, int start, int width, RowRanges wanted) {
    int[] ids = new int[wanted.rows()];
    int at = 0;
    for (int range = 0; range < wanted.count(); range++) {
      int from = wanted.from(range);
      int count = wanted.to(range) - from;
      BitPacking.unpack(page, start, from, width, ids, at, count);
      at += count;
    }
    return ids;
  }

  /**
   * @param ids as stored, that is greater by one
   */
  private static Column column(int[] ids, byte[][] values) {
    int min = Integer.MAX_VALUE;
    int max = -1;
    for (int row = 0; row < ids.length; row++) {
      int id = --ids[row];
      min = Math.min(min, id);
      max = Math.max(max, id);
    }
    if (max >= values.length || min < -1) {
      throw new MalformedException("id " + max + ", wanted less than " + values.length);
    }
    if (max < 0) {
      return Column.Absent.INSTANCE;
    }
    return min == max ? new Column.Constant(values[max]) : new Column.Dictionary(ids, values);
  }
}
