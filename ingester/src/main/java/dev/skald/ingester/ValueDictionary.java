package dev.skald.ingester;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The distinct values of one metadata name in a head, numbered from 0; the bytes lie in the head's
 * arena. One thread writes; a reader may ask for any value that a published row refers to.
 */
final class ValueDictionary {
  private static final Hasher64 HASHER = Hashing.wyhashFinal4();
  private static final int FIRST_CAPACITY = 16;
  private static final int OWN_BYTES = 256;

  private final String name;
  private final byte[] nameBytes;
  private final long nameHash;
  private final Arena arena;

  private volatile int[] starts = new int[FIRST_CAPACITY];
  private volatile int[] lengths = new int[FIRST_CAPACITY];
  private long[] hashes = new long[FIRST_CAPACITY];
  private volatile int size;

  /** Value + 1 at the place its hash gives or after it; 0 where free. At most half full. */
  private int[] table = new int[4 * FIRST_CAPACITY];

  ValueDictionary(byte[] nameBytes, Arena arena) {
    this.name = new String(nameBytes, StandardCharsets.UTF_8);
    this.nameBytes = nameBytes;
    this.nameHash = HASHER.hashBytesToLong(nameBytes);
    this.arena = arena;
  }

  String name() {
    return name;
  }

  /** Returns the length of the name in bytes. */
  int nameLength() {
    return nameBytes.length;
  }

  boolean isNamed(Slice other) {
    return Arrays.equals(
        nameBytes, 0, nameBytes.length, other.bytes, other.offset, other.offset + other.length);
  }

  /** Returns about how many bytes this takes beside those in the arena; for the writer. */
  long memory() {
    return OWN_BYTES + 4L * (starts.length + lengths.length + table.length) + 8L * hashes.length;
  }

  /** Returns how many values there are, at least those of published rows. */
  int size() {
    return size;
  }

  /** Returns where in the arena each value begins. */
  int[] starts() {
    return starts;
  }

  int[] lengths() {
    return lengths;
  }

  /** Returns a hash of the name and a value, the same in every head; for the writer. */
  long hash(int value) {
    return hashes[value];
  }

  /** Returns the number of a value, which is added if it is new. */
  int intern(Slice value) {
    long hash = mix(HASHER.hashBytesToLong(value.bytes, value.offset, value.length));
    int mask = table.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (table[slot] != 0) {
      int candidate = table[slot] - 1;
      if (hashes[candidate] == hash && isValue(candidate, value)) {
        return candidate;
      }
      slot = (slot + 1) & mask;
    }
    int id = add(value, hash);
    table[slot] = id + 1;
    if (2 * size > table.length) {
      rehash();
    }
    return id;
  }

  /** Mixes in the name so that swapped values of two names do not give the same sum. */
  private long mix(long valueHash) {
    long mixed = (nameHash ^ Long.rotateLeft(valueHash, 23)) * 0x9e3779b97f4a7c15L;
    return (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
  }

  private boolean isValue(int candidate, Slice value) {
    int start = starts[candidate];
    return lengths[candidate] == value.length
        && Arrays.equals(
            arena.bytes(), start, start + value.length, value.bytes, value.offset, value.end());
  }

  private int add(Slice value, long hash) {
    int id = size;
    if (id == hashes.length) {
      starts = Arrays.copyOf(starts, 2 * id);
      lengths = Arrays.copyOf(lengths, 2 * id);
      hashes = Arrays.copyOf(hashes, 2 * id);
    }
    starts[id] = arena.append(value);
    lengths[id] = value.length;
    hashes[id] = hash;
    size = id + 1;
    return id;
  }

  private void rehash() {
    int[] bigger = new int[2 * table.length];
    int mask = bigger.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = (int) (hashes[id] >>> 32) & mask;
      while (bigger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      bigger[slot] = id + 1;
    }
    table = bigger;
  }
}
