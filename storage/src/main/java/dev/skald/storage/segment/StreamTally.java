package dev.skald.storage.segment;

/** Adds up the entries of a stream as they are written. Not safe for use by several threads. */
final class StreamTally {
  private final StreamRows stream;
  private final MinuteCounts.Builder minutes = new MinuteCounts.Builder();
  private long minTime;
  private long maxTime;
  private long entries;
  private long lineBytes;
  private long metadataBytes;

  StreamTally(StreamRows stream) {
    this.stream = stream;
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
    return new StreamTotals(
        stream.labels(), stream.streamHash(), minTime, maxTime, entries, lineBytes, metadataBytes);
  }

  MinuteCounts minutes() {
    return minutes.build();
  }
}
