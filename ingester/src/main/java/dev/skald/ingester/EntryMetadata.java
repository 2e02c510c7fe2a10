package dev.skald.ingester;

import java.util.Arrays;

/**
 * The structured metadata of one entry as numbers of a head: names and their values. Reused for one
 * entry after the other by the thread that writes the head.
 */
final class EntryMetadata {
  int[] names = new int[16];
  int[] values = new int[16];
  int size;

  void add(int name, int value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = value;
    size++;
  }
}
