package dev.skald.logql.batch;

/**
 * One value a row, as bytes of UTF-8 (lines may hold any bytes). Immutable; safe for use by any
 * thread. A consumer that can do its work once a distinct value switches over the kinds; any other
 * reads row by row.
 */
public sealed interface Column {

  /**
   * Points the slice at the value of a row. The slice must not be written through.
   *
   * @return false if the row has no value; the slice is then unchanged
   */
  boolean read(int row, Slice slice);

  /** No row has a value. */
  record Absent() implements Column {
    public static final Absent INSTANCE = new Absent();

    @Override
    public boolean read(int row, Slice slice) {
      return false;
    }
  }

  /** Every row has the same value. */
  record Constant(byte[] value) implements Column {
    @Override
    public boolean read(int row, Slice slice) {
      slice.set(value, 0, value.length);
      return true;
    }
  }

  /**
   * Few distinct values.
   *
   * @param ids index into {@code values}, one a row; -1 where the row has no value
   */
  record Dictionary(int[] ids, byte[][] values) implements Column {
    @Override
    public boolean read(int row, Slice slice) {
      int id = ids[row];
      if (id < 0) {
        return false;
      }
      slice.set(values[id], 0, values[id].length);
      return true;
    }
  }

  /**
   * A value of its own for each row.
   *
   * @param starts where the value of a row begins in {@code bytes}
   * @param lengths its length in bytes; -1 where the row has no value
   */
  record Plain(byte[] bytes, int[] starts, int[] lengths) implements Column {
    @Override
    public boolean read(int row, Slice slice) {
      if (lengths[row] < 0) {
        return false;
      }
      slice.set(bytes, starts[row], lengths[row]);
      return true;
    }
  }
}
