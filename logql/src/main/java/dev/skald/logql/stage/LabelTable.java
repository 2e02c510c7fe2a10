package dev.skald.logql.stage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the slot of a label name by its bytes; makes one for a new name. */
final class LabelTable {
  private static final int BYTES_A_NAME = 400;

  private LabelSlot[] slots = new LabelSlot[64];
  private LabelSlot[] byHash = new LabelSlot[128];
  private int size;
  private long nameBytes;

  int size() {
    return size;
  }

  /** Returns about how much memory the names take, here and where parsers remember keys. */
  long memory() {
    return (long) size * BYTES_A_NAME + 4 * nameBytes;
  }

  LabelSlot slot(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return slot(bytes, 0, bytes.length);
  }

  LabelSlot slot(byte[] bytes, int offset, int length) {
    int mask = byHash.length - 1;
    int index = Bytes.hash(bytes, offset, length) & mask;
    for (; byHash[index] != null; index = index + 1 & mask) {
      byte[] name = byHash[index].nameBytes;
      if (Arrays.equals(name, 0, name.length, bytes, offset, offset + length)) {
        return byHash[index];
      }
    }
    return add(new LabelSlot(size, Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  private LabelSlot add(LabelSlot slot) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, 2 * size);
    }
    slots[size++] = slot;
    nameBytes += slot.nameBytes.length;
    if (2 * size > byHash.length) {
      rehash(2 * byHash.length);
    } else {
      insert(slot);
    }
    return slot;
  }

  /** Forgets every name that came after the first ones. */
  void truncate(int newSize) {
    Arrays.fill(slots, newSize, size, null);
    size = newSize;
    nameBytes = 0;
    for (int i = 0; i < size; i++) {
      nameBytes += slots[i].nameBytes.length;
      slots[i].forgetTwin();
    }
    rehash(Math.max(128, Integer.highestOneBit(Math.max(1, size)) * 4));
  }

  private void rehash(int capacity) {
    byHash = new LabelSlot[capacity];
    for (int i = 0; i < size; i++) {
      insert(slots[i]);
    }
  }

  private void insert(LabelSlot slot) {
    int mask = byHash.length - 1;
    int index = Bytes.hash(slot.nameBytes, 0, slot.nameBytes.length) & mask;
    while (byHash[index] != null) {
      index = index + 1 & mask;
    }
    byHash[index] = slot;
  }
}
