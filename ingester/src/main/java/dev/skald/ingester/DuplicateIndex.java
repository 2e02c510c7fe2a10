package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import java.util.Arrays;

/**
 * Finds the rows of a head's stream by their content. Rows that came since the last question are
 * taken in when the next one is asked, so a stream that is never asked about costs nothing. For the
 * writer only.
 */
final class DuplicateIndex {
  private final HeadStream stream;

  private long[] hashes = new long[64];
  private int indexed;

  /** Row + 1 at the place its hash gives or after it; 0 where free. At most half full. */
  private int[] table = new int[256];

  DuplicateIndex(HeadStream stream) {
    this.stream = stream;
  }

  boolean contains(long timestamp, Slice line, EntryMetadata metadata) {
    takeInNewRows();
    long hash = HeadStream.contentHash(timestamp, line, metadata, stream.values());
    int mask = table.length - 1;
    for (int slot = (int) hash & mask; table[slot] != 0; slot = (slot + 1) & mask) {
      int row = table[slot] - 1;
      if (hashes[row] == hash && stream.hasContent(row, timestamp, line, metadata)) {
        return true;
      }
    }
    return false;
  }

  /** Returns about how many bytes this takes. */
  long memory() {
    return 8L * hashes.length + 4L * table.length;
  }

  private void takeInNewRows() {
    int rows = stream.rows();
    if (rows > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(rows, 2 * hashes.length));
    }
    if (2 * rows > table.length) {
      rehash(rows);
    }
    while (indexed < rows) {
      hashes[indexed] = stream.contentHash(indexed);
      insert(indexed);
      indexed++;
    }
  }

  private void rehash(int rows) {
    table = new int[Integer.highestOneBit(rows) * 8];
    for (int row = 0; row < indexed; row++) {
      insert(row);
    }
  }

  private void insert(int row) {
    int mask = table.length - 1;
    int slot = (int) hashes[row] & mask;
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = row + 1;
  }
}
