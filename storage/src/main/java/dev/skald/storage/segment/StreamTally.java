package dev.skald.storage.segment;

import dev.skald.logql.Labels;

/** Adds up the entries of a stream as they are written. Not safe for use by several threads. */
final class StreamTally {
  private final Labels labels;
  private final long hash;
  private final MinuteCounts.Builder minutes = new MinuteCounts.Builder();
  private long minTime;
  private long maxTime;
  private long entries;
  private long lineBytes;
  private long metadataBytes;

  StreamTally(Labels labels, long hash) {
    this.labels = labels;
    this.hash = hash;
  }

  /** Counts an entry; they come in time order. */
  void add(long time, int lineLength) {
    if (entries++ == 0) {
      minTime = time;
    }
    maxTime = time;
    lineBytes += lineLength;
    minutes.add(time, lineLength);
  }

  void addMetadata(long bytes) {
    metadataBytes += bytes;
  }

  StreamTotals totals() {
    return new StreamTotals(labels, hash, minTime, maxTime, entries, lineBytes, metadataBytes);
  }

  MinuteCounts minutes() {
    return minutes.build();
  }
}
