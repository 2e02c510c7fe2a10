package dev.skald.storage.catalog;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the catalog knows of a segment. Times in unix nanoseconds.
 *
 * @param number given out once for ever in a store
 * @param day UTC day, counted from 1970-01-01
 * @param level how far it has come: {@link #SEALED}, {@link #MERGED} or {@link #COLD}
 * @param key of the object
 * @param bytes length of the object
 * @param tailLength how many of its last bytes are needed to open it
 * @param head number of the head that it was sealed from, if it was made from one
 */
public record SegmentEntry(
    long number,
    String tenant,
    long day,
    int level,
    String key,
    long bytes,
    int tailLength,
    int streams,
    long entries,
    long minTime,
    long maxTime,
    OptionalLong head) {
  /** The level of a head as it was sealed. */
  public static final int SEALED = 0;

  /** The level of segments that were merged into one. */
  public static final int MERGED = 1;

  /** The level of a day that is long over, compressed as hard as can be. */
  public static final int COLD = 2;

  /** Greater than every number. */
  static final long END_OF_NUMBERS = 1L << 60;

  private static final int MOST_LEVEL = 255;

  public SegmentEntry {
    Objects.requireNonNull(tenant, "tenant is null");
    Objects.requireNonNull(key, "key is null");
    Objects.requireNonNull(head, "head is null");
    if (number < 0 || number >= END_OF_NUMBERS) {
      throw new IllegalArgumentException("segment number " + number + ", wanted 0 to 2^60 - 1");
    }
    if (level < 0 || level > MOST_LEVEL) {
      throw new IllegalArgumentException("level " + level + ", wanted 0 to " + MOST_LEVEL);
    }
    if (bytes < 0 || tailLength < 0 || streams < 0 || entries < 0) {
      throw new IllegalArgumentException("segment " + number + " has a negative size");
    }
  }

  /** Returns whether it may have entries in {@code [start, end)}. */
  public boolean overlaps(long start, long end) {
    return minTime < end && maxTime >= start;
  }
}
