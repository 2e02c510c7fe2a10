package dev.skald.storage.wal;

/** Whole numbers in 7-bit groups, low group first; the top bit of a byte says that one follows. */
final class Varint {
  static final int MAX_BYTES = 10;

  private Varint() {}

  /** Writes a number, read as unsigned; returns the position after it. */
  static int put(byte[] bytes, int position, long value) {
    int at = position;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  /** Maps small numbers of either sign to small unsigned ones. */
  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
