package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteWriter;

/**
 * Writes the times of a block: the first of each run, then the steps between neighbours within the
 * runs, bit-packed in frames of 1,024. {@link TimestampDecoder} reads it; segment.md draws it. Not
 * safe for use by several threads.
 */
final class TimestampEncoder {
  static final int FRAME = 1024;
  static final int STEPS = 0;
  static final int STEPS_OF_STEPS = 1;

  /** Powers of ten that are tried as the unit of all times, largest first. */
  private static final int[] EXPONENTS = {9, 6, 3};

  private final long[] steps = new long[FRAME];
  private final long[] second = new long[FRAME];
  private int pending;
  private long previousStep;

  /**
   * Writes the times.
   *
   * @param runEnds the row after the last of each run, ascending; none is empty
   */
  void encode(long[] times, int[] runEnds, ByteWriter out) {
    int exponent = exponent(times, runEnds[runEnds.length - 1]);
    long unit = unit(exponent);
    out.u8(exponent);
    writeFirsts(times, runEnds, unit, out);
    pending = 0;
    previousStep = 0;
    int row = 0;
    for (int end : runEnds) {
      for (row++; row < end; row++) {
        steps[pending++] = (times[row] - times[row - 1]) / unit;
        if (pending == FRAME) {
          flush(out);
        }
      }
    }
    flush(out);
  }

  private static void writeFirsts(long[] times, int[] runEnds, long unit, ByteWriter out) {
    long previous = 0;
    int row = 0;
    for (int end : runEnds) {
      long first = times[row] / unit;
      out.zigzag(first - previous);
      previous = first;
      row = end;
    }
  }

  private void flush(ByteWriter out) {
    if (pending == 0) {
      return;
    }
    long before = previousStep;
    for (int i = 0; i < pending; i++) {
      second[i] = steps[i] - before;
      before = steps[i];
    }
    previousStep = before;
    if (spread(second) < spread(steps)) {
      writeFrame(STEPS_OF_STEPS, second, out);
    } else {
      writeFrame(STEPS, steps, out);
    }
    pending = 0;
  }

  private int spread(long[] values) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < pending; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    return BitPacking.width(max - min);
  }

  private void writeFrame(int kind, long[] values, ByteWriter out) {
    long min = Long.MAX_VALUE;
    for (int i = 0; i < pending; i++) {
      min = Math.min(min, values[i]);
    }
    int width = spread(values);
    for (int i = 0; i < pending; i++) {
      values[i] -= min;
    }
    out.u8(kind).u8(width).zigzag(min);
    BitPacking.pack(values, pending, width, out);
  }

  private static int exponent(long[] times, int rows) {
    for (int exponent : EXPONENTS) {
      if (allDivide(times, rows, unit(exponent))) {
        return exponent;
      }
    }
    return 0;
  }

  private static boolean allDivide(long[] times, int rows, long unit) {
    for (int i = 0; i < rows; i++) {
      if (times[i] % unit != 0) {
        return false;
      }
    }
    return true;
  }

  static long unit(int exponent) {
    return switch (exponent) {
      case 0 -> 1;
      case 3 -> 1_000;
      case 6 -> 1_000_000;
      case 9 -> 1_000_000_000;
      default -> throw new IllegalArgumentException("exponent " + exponent);
    };
  }
}
