package dev.skald.ingester;

import java.util.Arrays;

/**
 * The content hashes of a stream's last rows in a head that takes no more, so that a client that
 * sends them again around a seal stores nothing twice. Safe for use by any thread.
 */
final class SealedRows {
  private final int mostRows;
  private final long sealedNanos;
  private final long minTime;
  private final long maxTime;

  private volatile boolean forgotten;

  // Whoever sees no stream sees the hashes.
  private volatile long[] hashes;
  private volatile HeadStream stream;

  /**
   * @param stream takes no more rows
   * @param mostRows how many rows to remember, the last by arrival
   * @param sealedNanos when the head stopped taking rows, in unix nanoseconds
   */
  SealedRows(HeadStream stream, int mostRows, long sealedNanos) {
    this.stream = stream;
    this.mostRows = mostRows;
    this.sealedNanos = sealedNanos;
    this.minTime = stream.published().minTime();
    this.maxTime = stream.published().maxTime();
  }

  long sealedNanos() {
    return sealedNanos;
  }

  /** Returns how many rows are remembered. */
  int size() {
    HeadStream rows = stream;
    return rows == null ? hashes.length : Math.min(rows.published().rows(), mostRows);
  }

  /** Remembers nothing any more. */
  void forget() {
    forgotten = true;
  }

  boolean forgotten() {
    return forgotten;
  }

  /** Returns whether a row of this time may be remembered. */
  boolean mayContain(long timestamp) {
    return timestamp >= minTime && timestamp <= maxTime && !forgotten;
  }

  /** Returns whether a row with this content hash is remembered. */
  boolean contains(long contentHash) {
    return !forgotten && Arrays.binarySearch(known(), contentHash) >= 0;
  }

  /** Hashes the rows and lets go of them. */
  void detach() {
    if (forgotten) {
      hashes = new long[0];
    }
    known();
    stream = null;
  }

  private long[] known() {
    HeadStream rows = stream;
    long[] known = hashes;
    if (known == null) {
      known = hash(rows);
      hashes = known;
    }
    return known;
  }

  private long[] hash(HeadStream rows) {
    int end = rows.published().rows();
    int count = Math.min(end, mostRows);
    long[] all = new long[count];
    for (int i = 0; i < count; i++) {
      all[i] = rows.contentHash(end - count + i);
    }
    Arrays.sort(all);
    return all;
  }
}
