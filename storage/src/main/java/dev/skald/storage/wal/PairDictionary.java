package dev.skald.storage.wal;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.skald.logql.batch.Slice;
import java.util.Arrays;

/**
 * Numbers the metadata pairs of one record in the order in which they first stand there. It keeps
 * no bytes of its own: names and values are found where the record holds them.
 *
 * <p>Entries tend to repeat the pairs of the entry before them in the same order, so the pair that
 * last followed the previous one is tried before the hash table.
 */
final class PairDictionary {
  private static final Hasher64 HASHER = Hashing.wyhashFinal4();
  private static final int FIRST_CAPACITY = 64;

  /** Above this a table is cheaper to replace than to clear for a small record. */
  private static final int LARGE_TABLE = 1 << 15;

  private int[] nameStarts = new int[FIRST_CAPACITY];
  private int[] nameLengths = new int[FIRST_CAPACITY];
  private int names;

  private int[] pairNames = new int[FIRST_CAPACITY];
  private int[] valueStarts = new int[FIRST_CAPACITY];
  private int[] valueLengths = new int[FIRST_CAPACITY];
  private long[] hashes = new long[FIRST_CAPACITY];
  private int pairs;

  /** The pair that last followed pair i, at i + 1; at 0 the pair that last began an entry. */
  private int[] successors = new int[FIRST_CAPACITY + 1];

  private int previous;

  /** Pair + 1 at the place its hash gives or after it; 0 where free. At most half full. */
  private int[] table = new int[4 * FIRST_CAPACITY];

  private long pendingHash;
  private int pendingSlot;

  void clear() {
    names = 0;
    pairs = 0;
    previous = 0;
    successors[0] = 0;
    if (table.length > LARGE_TABLE) {
      table = new int[4 * FIRST_CAPACITY];
    } else {
      Arrays.fill(table, 0);
    }
  }

  int size() {
    return pairs;
  }

  int names() {
    return names;
  }

  void endEntry() {
    previous = 0;
  }

  /**
   * Returns the number of a pair. If it is {@link #size}, the pair is new, and the caller writes it
   * and calls {@link #definePair} next.
   */
  int find(byte[] record, Slice name, Slice value) {
    int expected = successors[previous];
    if (expected >= pairs || !isPair(record, expected, name, value)) {
      expected = lookUp(record, name, value);
      successors[previous] = expected;
    }
    previous = expected + 1;
    return expected;
  }

  private int lookUp(byte[] record, Slice name, Slice value) {
    long hash =
        HASHER.hashBytesToLong(value.bytes, value.offset, value.length)
            + 31 * HASHER.hashBytesToLong(name.bytes, name.offset, name.length);
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0) {
      int pair = table[slot] - 1;
      if (hashes[pair] == hash && isPair(record, pair, name, value)) {
        return pair;
      }
      slot = (slot + 1) & mask;
    }
    pendingHash = hash;
    pendingSlot = slot;
    return pairs;
  }

  private boolean isPair(byte[] record, int pair, Slice name, Slice value) {
    return valueLengths[pair] == value.length
        && equal(record, valueStarts[pair], value)
        && isName(record, pairNames[pair], name);
  }

  /** Returns the number of a name, {@link #names} if it is new; there are few. */
  int findName(byte[] record, Slice name) {
    int id = 0;
    while (id < names && !isName(record, id, name)) {
      id++;
    }
    return id;
  }

  private boolean isName(byte[] record, int id, Slice name) {
    return nameLengths[id] == name.length && equal(record, nameStarts[id], name);
  }

  private static boolean equal(byte[] record, int start, Slice slice) {
    return Arrays.equals(
        record, start, start + slice.length, slice.bytes, slice.offset, slice.end());
  }

  void defineName(int start, int length) {
    if (names == nameStarts.length) {
      nameStarts = Arrays.copyOf(nameStarts, 2 * names);
      nameLengths = Arrays.copyOf(nameLengths, 2 * names);
    }
    nameStarts[names] = start;
    nameLengths[names] = length;
    names++;
  }

  void definePair(int nameId, int valueStart, int valueLength) {
    if (pairs == pairNames.length) {
      grow();
    }
    pairNames[pairs] = nameId;
    valueStarts[pairs] = valueStart;
    valueLengths[pairs] = valueLength;
    hashes[pairs] = pendingHash;
    successors[pairs + 1] = 0;
    table[pendingSlot] = pairs + 1;
    pairs++;
    if (2 * pairs > table.length) {
      rehash();
    }
  }

  private void grow() {
    int capacity = 2 * pairs;
    pairNames = Arrays.copyOf(pairNames, capacity);
    valueStarts = Arrays.copyOf(valueStarts, capacity);
    valueLengths = Arrays.copyOf(valueLengths, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    successors = Arrays.copyOf(successors, capacity + 1);
  }

  private void rehash() {
    int[] bigger = new int[2 * table.length];
    int mask = bigger.length - 1;
    for (int pair = 0; pair < pairs; pair++) {
      int slot = (int) hashes[pair] & mask;
      while (bigger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      bigger[slot] = pair + 1;
    }
    table = bigger;
  }
}
