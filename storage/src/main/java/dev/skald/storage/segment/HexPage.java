package dev.skald.storage.segment;

import dev.skald.logql.batch.Column;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.Arrays;

/**
 * A column of random ids, all of one even number of lower-case hexadecimal digits: that number,
 * then two digits a byte. Half of what text takes, and nothing to compress.
 */
final class HexPage {
  private static final int MOST_DIGITS = 254;
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private HexPage() {}

  /** Returns whether all values, which lie end to end, can be packed so. */
  static boolean fits(int[] lengths, int count, ByteWriter values) {
    int digits = lengths[0];
    if (digits == 0 || digits > MOST_DIGITS || digits % 2 != 0) {
      return false;
    }
    for (int i = 1; i < count; i++) {
      if (lengths[i] != digits) {
        return false;
      }
    }
    byte[] bytes = values.array();
    for (int i = 0; i < values.size(); i++) {
      if (digit(bytes[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  static void encode(int digits, ByteWriter values, ByteWriter out) {
    out.u8(digits);
    int at = out.zeros(values.size() / 2);
    byte[] from = values.array();
    byte[] to = out.array();
    for (int i = 0; i < values.size(); i += 2) {
      to[at++] = (byte) (digit(from[i]) << 4 | digit(from[i + 1]));
    }
  }

  private static int digit(byte c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
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
    int digits = in.u8();
    if (digits == 0 || digits % 2 != 0) {
      throw new MalformedException("values of " + digits + " digits, wanted an even number");
    }
    int packed = digits / 2;
    int base = in.position();
    in.skip(Math.multiplyExact(count, packed));
    in.expectEnd();
    int[] starts = new int[wanted.rows()];
    int[] lengths = new int[wanted.rows()];
    Arrays.fill(lengths, -1);
    byte[] text = new byte[wantedValues(presence, wanted) * packed * 2];
    int at = 0;
    int out = 0;
    int from = base;
    int seen = 0;
    for (int range = 0; range < wanted.count(); range++) {
      from += PresencePage.count(presence, seen, wanted.from(range)) * packed;
      seen = wanted.to(range);
      for (int row = wanted.from(range); row < wanted.to(range); row++, at++) {
        if (PresencePage.has(presence, row)) {
          starts[at] = out;
          lengths[at] = packed * 2;
          unpack(page, from, packed, text, out);
          from += packed;
          out += packed * 2;
        }
      }
    }
    return new Column.Plain(text, starts, lengths);
  }

  private static int wantedValues(byte[] presence, RowRanges wanted) {
    int values = 0;
    for (int range = 0; range < wanted.count(); range++) {
      values += PresencePage.count(presence, wanted.from(range), wanted.to(range));
    }
    return values;
  }

  private static void unpack(byte[] page, int from, int packed, byte[] text, int out) {
    for (int i = 0; i < packed; i++) {
      int pair = page[from + i];
      text[out + 2 * i] = DIGITS[(pair >>> 4) & 15];
      text[out + 2 * i + 1] = DIGITS[pair & 15];
    }
  }
}
