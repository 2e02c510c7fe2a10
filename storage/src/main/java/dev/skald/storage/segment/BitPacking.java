package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.bytes.MalformedException;

/**
 * Numbers of a fixed width of 0 to 64 bits without gaps, lowest bit first. The bytes that hold
 * {@code n} numbers of {@code w} bits are {@code ceil(n * w / 8)}.
 */
final class BitPacking {
  /** A number of so many bits lies in the eight bytes from its first one on. */
  private static final int WHOLE_IN_A_LONG = 57;

  private BitPacking() {}

  /** Returns the bits that the number takes, seen as unsigned; 0 for 0. */
  static int width(long value) {
    return 64 - Long.numberOfLeadingZeros(value);
  }

  static int byteLength(int count, int width) {
    return Math.toIntExact(((long) count * width + 7) >>> 3);
  }

  static void pack(long[] values, int count, int width, ByteWriter out) {
    int at = out.zeros(byteLength(count, width));
    byte[] bytes = out.array();
    long bit = 0;
    for (int i = 0; i < count; i++, bit += width) {
      put(bytes, at, bit, values[i], width);
    }
  }

  static void pack(int[] values, int count, int width, ByteWriter out) {
    int at = out.zeros(byteLength(count, width));
    byte[] bytes = out.array();
    long bit = 0;
    for (int i = 0; i < count; i++, bit += width) {
      put(bytes, at, bit, values[i] & 0xFFFFFFFFL, width);
    }
  }

  private static void put(byte[] bytes, int base, long firstBit, long value, int width) {
    long bit = firstBit;
    long rest = value;
    int left = width;
    while (left > 0) {
      int shift = (int) (bit & 7);
      int taken = Math.min(8 - shift, left);
      bytes[base + (int) (bit >>> 3)] |= (byte) ((rest & ((1L << taken) - 1)) << shift);
      rest >>>= taken;
      bit += taken;
      left -= taken;
    }
  }

  /**
   * Checks that a range of bytes holds so many numbers.
   *
   * @return the first byte after them
   */
  static int checkedEnd(byte[] bytes, int offset, int count, int width) {
    long end = offset + (((long) count * width + 7) >>> 3);
    if (width < 0 || width > 64 || end > bytes.length) {
      throw new MalformedException(
          count + " numbers of " + width + " bits end at " + end + ", wanted " + bytes.length);
    }
    return (int) end;
  }

  /**
   * Reads {@code count} numbers of at most 32 bits from the one at {@code index} on; the range was
   * checked before.
   */
  static void unpack(
      byte[] bytes, int offset, int index, int width, int[] target, int at, int count) {
    long mask = (1L << width) - 1;
    long bit = (long) index * width;
    int done = 0;
    for (; done < count; done++, bit += width) {
      int from = offset + (int) (bit >>> 3);
      if (from + Long.BYTES > bytes.length) {
        break;
      }
      target[at + done] = (int) (LittleEndian.getLong(bytes, from) >>> (bit & 7) & mask);
    }
    for (; done < count; done++) {
      target[at + done] = (int) get(bytes, offset, index + done, width);
    }
  }

  /** Reads the first {@code count} numbers of any width; the range was checked before. */
  static void unpack(byte[] bytes, int offset, int width, long[] target, int at, int count) {
    int done = 0;
    if (width <= WHOLE_IN_A_LONG) {
      long mask = (1L << width) - 1;
      long bit = 0;
      for (; done < count; done++, bit += width) {
        int from = offset + (int) (bit >>> 3);
        if (from + Long.BYTES > bytes.length) {
          break;
        }
        target[at + done] = LittleEndian.getLong(bytes, from) >>> (bit & 7) & mask;
      }
    }
    for (; done < count; done++) {
      target[at + done] = get(bytes, offset, done, width);
    }
  }

  /** Returns one number; the range was checked before. */
  static long get(byte[] bytes, int offset, int index, int width) {
    if (width == 0) {
      return 0;
    }
    long bit = (long) index * width;
    int at = offset + (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    if (at + 9 <= bytes.length) {
      long value = LittleEndian.getLong(bytes, at) >>> shift;
      if (shift + width > 64) {
        value |= (long) bytes[at + 8] << (64 - shift);
      }
      return width == 64 ? value : value & ((1L << width) - 1);
    }
    return getNearTheEnd(bytes, at, shift, width);
  }

  private static long getNearTheEnd(byte[] bytes, int at, int shift, int width) {
    long value = 0;
    int got = 0;
    int next = at;
    int skip = shift;
    while (got < width) {
      int taken = Math.min(8 - skip, width - got);
      long part = ((bytes[next++] & 0xFF) >>> skip) & ((1L << taken) - 1);
      value |= part << got;
      got += taken;
      skip = 0;
    }
    return value;
  }
}
