package dev.skald.ingester;

import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.catalog.HeadId;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What one tenant has in one head.
 *
 * @param head names the head: once a storage snapshot calls it sealed, its entries are there
 * @param entries what was accepted when {@link EntrySource#select} is called, and nothing less
 * @param extent of the entries that there are by now; none of them ever goes
 */
public record HeadEntries(HeadId head, EntrySource entries, Supplier<Extent> extent) {

  /**
   * How much there is, and in which time.
   *
   * @param streams how many streams
   * @param rows how many entries
   * @param minTime no entry is older, in unix nanoseconds; {@link Long#MAX_VALUE} for none
   * @param maxTime no entry is newer; {@link Long#MIN_VALUE} for none
   */
  public record Extent(int streams, long rows, long minTime, long maxTime) {
    /** Returns whether there may be an entry in {@code [start, end)}. */
    public boolean overlaps(long start, long end) {
      return minTime < end && maxTime >= start;
    }
  }

  public HeadEntries {
    Objects.requireNonNull(head, "head is null");
    Objects.requireNonNull(extent, "extent is null");
    Objects.requireNonNull(entries, "entries is null");
  }
}
