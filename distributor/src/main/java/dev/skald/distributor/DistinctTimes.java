package dev.skald.distributor;

import dev.skald.logql.batch.Slice;
import java.util.Arrays;

/**
 * Keeps the order of the entries of one stream that come with one time: each but the first is moved
 * on by a nanosecond ({@code increment_duplicate_timestamp}). A line that repeats the one before it
 * is a duplicate and keeps its time. Not safe for use by several threads.
 */
final class DistinctTimes {
  private final boolean increment;
  private final Slice previousLine = new Slice();
  private boolean begun;
  private long sent;
  private long stored;

  DistinctTimes(boolean increment) {
    this.increment = increment;
  }

  /** Returns the time under which the next entry is stored. */
  long next(long timestamp, Slice line) {
    if (!increment) {
      return timestamp;
    }
    boolean taken = begun && timestamp >= sent && timestamp <= stored;
    if (!taken) {
      sent = timestamp;
      stored = timestamp;
    } else if (!equal(line, previousLine)) {
      stored++;
    }
    begun = true;
    previousLine.set(line.bytes, line.offset, line.length);
    return stored;
  }

  private static boolean equal(Slice a, Slice b) {
    return Arrays.equals(a.bytes, a.offset, a.end(), b.bytes, b.offset, b.end());
  }
}
