package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.MalformedException;

/** Reads what {@link TimestampEncoder} wrote. */
final class TimestampDecoder {
  private TimestampDecoder() {}

  /**
   * Returns the times of a block, in unix nanoseconds.
   *
   * @param runEnds the row after the last of each run, ascending
   * @throws MalformedException if the bytes are not such times
   */
  static long[] decode(byte[] bytes, int[] runEnds) {
    int rows = runEnds[runEnds.length - 1];
    ByteReader in = new ByteReader(bytes);
    int exponent = in.u8();
    if (exponent > 9 || exponent % 3 != 0) {
      throw new MalformedException("unit exponent is " + exponent + ", wanted 0, 3, 6 or 9");
    }
    long[] firsts = firsts(in, runEnds.length);
    long[] times = new long[rows];
    readSteps(bytes, in, times, rows - runEnds.length);
    in.expectEnd();
    addUp(times, firsts, runEnds, TimestampEncoder.unit(exponent));
    return times;
  }

  private static long[] firsts(ByteReader in, int runs) {
    long[] firsts = new long[runs];
    long first = 0;
    for (int run = 0; run < runs; run++) {
      first += in.zigzag();
      firsts[run] = first;
    }
    return firsts;
  }

  /** Reads all steps into the first places of the array. */
  private static void readSteps(byte[] bytes, ByteReader in, long[] steps, int count) {
    long previous = 0;
    for (int from = 0; from < count; from += TimestampEncoder.FRAME) {
      int size = Math.min(TimestampEncoder.FRAME, count - from);
      int kind = in.varint(0, TimestampEncoder.STEPS_OF_STEPS, "kind of a time frame");
      int width = in.u8();
      long min = in.zigzag();
      int start = in.position();
      in.skip(BitPacking.checkedEnd(bytes, start, size, width) - start);
      BitPacking.unpack(bytes, start, width, steps, from, size);
      for (int i = from; i < from + size; i++) {
        long value = min + steps[i];
        previous = kind == TimestampEncoder.STEPS ? value : previous + value;
        steps[i] = previous;
      }
    }
  }

  /** Turns steps into times in place, from the last row to the first, as times need more room. */
  private static void addUp(long[] times, long[] firsts, int[] runEnds, long unit) {
    int step = runEnds[runEnds.length - 1] - runEnds.length;
    for (int run = runEnds.length - 1; run >= 0; run--) {
      int from = run == 0 ? 0 : runEnds[run - 1];
      int steps = runEnds[run] - from - 1;
      step -= steps;
      System.arraycopy(times, step, times, from + 1, steps);
      long time = firsts[run];
      times[from] = time * unit;
      for (int row = from + 1; row < runEnds[run]; row++) {
        time += times[row];
        times[row] = time * unit;
      }
    }
  }
}
