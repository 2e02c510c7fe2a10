package dev.skald.logql.stage;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.skald.logql.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers series by their keys. Several keys may name one series: what counts is the label set, the
 * keys only save making it.
 */
final class SeriesTable {
  private static final Hasher64 HASHER = Hashing.wyhashFinal4();

  /** What a key takes beside its bytes, and what a series takes beside its labels. */
  private static final int BYTES_A_KEY = 64;

  private static final int BYTES_A_SERIES = 96;

  private final List<Labels> series = new ArrayList<>();
  private final Map<Labels, Integer> numbers = new HashMap<>();

  private byte[][] keys = new byte[64][];
  private long[] hashes = new long[64];
  private int[] keyNumbers = new int[64];
  private int size;
  private int vacant;
  private long keyBytes;
  private long seriesBytes;

  int count() {
    return series.size();
  }

  /** Returns about how much memory the series and the keys take. */
  long heldBytes() {
    return keyBytes + seriesBytes;
  }

  Labels labels(int number) {
    return series.get(number);
  }

  /** Returns the number of the series that a key names, or -1 if it is new. */
  int find(SeriesKey key) {
    long hash = HASHER.hashBytesToLong(key.bytes(), 0, key.length());
    int mask = keys.length - 1;
    int index = (int) hash & mask;
    for (; keys[index] != null; index = index + 1 & mask) {
      if (hashes[index] == hash
          && Arrays.equals(keys[index], 0, keys[index].length, key.bytes(), 0, key.length())) {
        return keyNumbers[index];
      }
    }
    hashes[index] = hash;
    vacant = index;
    return -1;
  }

  /** Adds the key that {@link #find} has just not found. */
  int add(SeriesKey key, Labels labels) {
    int number = number(labels);
    keys[vacant] = Arrays.copyOf(key.bytes(), key.length());
    keyNumbers[vacant] = number;
    keyBytes += BYTES_A_KEY + key.length();
    if (2 * ++size > keys.length) {
      rehash();
    }
    return number;
  }

  private int number(Labels labels) {
    Integer known = numbers.putIfAbsent(labels, series.size());
    if (known != null) {
      return known;
    }
    series.add(labels);
    seriesBytes += BYTES_A_SERIES + labels.memory();
    return series.size() - 1;
  }

  /** Forgets the keys, not the series. */
  void forgetKeys() {
    Arrays.fill(keys, null);
    keyBytes = 0;
    size = 0;
  }

  private void rehash() {
    byte[][] oldKeys = keys;
    long[] oldHashes = hashes;
    int[] oldNumbers = keyNumbers;
    int capacity = 2 * oldKeys.length;
    keys = new byte[capacity][];
    hashes = new long[capacity];
    keyNumbers = new int[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        insert(oldKeys[i], oldHashes[i], oldNumbers[i]);
      }
    }
  }

  private void insert(byte[] key, long hash, int number) {
    int mask = keys.length - 1;
    int index = (int) hash & mask;
    while (keys[index] != null) {
      index = index + 1 & mask;
    }
    keys[index] = key;
    hashes[index] = hash;
    keyNumbers[index] = number;
  }
}
