package dev.skald.storage.catalog;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the catalog knows of a segment. Times in unix nanoseconds.
 *
 * @param number given out once for ever in a data directory
 * @param day UTC day, counted from 1970-01-01
 * @param key of the object
 * @param bytes length of the object
 * @param tailLength how many of its last bytes are needed to open it
 * @param head number of the head that it was sealed from, if it was made from one
 */
public record SegmentEntry(
    long number,
    String tenant,
    long day,
    String key,
    long bytes,
    int tailLength,
    int streams,
    long entries,
    long minTime,
    long maxTime,
    OptionalLong head) {
  public SegmentEntry {
    Objects.requireNonNull(tenant, "tenant is null");
    Objects.requireNonNull(key, "key is null");
    Objects.requireNonNull(head, "head is null");
  }

  /** Returns whether it may have entries in {@code [start, end)}. */
  public boolean overlaps(long start, long end) {
    return minTime < end && maxTime >= start;
  }
}
