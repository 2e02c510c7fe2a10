package dev.skald.storage.catalog;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Names a write-ahead log, and with it the process that writes there. Random, so that a store that
 * meets another data directory knows that its heads are others.
 */
public record LogId(long high, long low) implements Comparable<LogId> {

  /** Returns an id that nobody has. */
  public static LogId random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new LogId(random.nextLong(), random.nextLong());
  }

  @Override
  public int compareTo(LogId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** Returns 32 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
