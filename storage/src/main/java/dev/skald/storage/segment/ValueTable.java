package dev.skald.storage.segment;

import dev.skald.logql.batch.Slice;
import java.util.Arrays;

/** Gives each distinct byte string a number, in order of arrival. Not safe for several threads. */
final class ValueTable {
  private byte[][] values = new byte[16][];
  private int[] slots = new int[64];
  private int[] hashes = new int[16];
  private int size;

  int size() {
    return size;
  }

  byte[] value(int id) {
    return values[id];
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(slots, 0);
    }
    size = 0;
  }

  /** Returns the number of a value, a new one if it was not seen yet. */
  int id(Slice slice) {
    int hash = hash(slice.bytes, slice.offset, slice.length);
    int mask = slots.length - 1;
    for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
      int id = slots[slot] - 1;
      if (id < 0) {
        return add(slot, hash, slice);
      }
      if (hashes[id] == hash && equal(values[id], slice)) {
        return id;
      }
    }
  }

  private int add(int slot, int hash, Slice slice) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    values[size] = Arrays.copyOfRange(slice.bytes, slice.offset, slice.end());
    hashes[size] = hash;
    slots[slot] = size + 1;
    if (++size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    hash *= 0x9E3779B1;
    return hash ^ (hash >>> 15);
  }

  private static boolean equal(byte[] value, Slice slice) {
    return Arrays.equals(
        value, 0, value.length, slice.bytes, slice.offset, slice.offset + slice.length);
  }
}
