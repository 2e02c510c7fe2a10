package dev.skald.storage.segment;

import dev.skald.logql.Labels;

/**
 * A stream of a segment and what all its entries come to. Times in unix nanoseconds.
 *
 * @param hash orders entries of equal time (logql.md §20.4)
 * @param lineBytes length of all lines
 * @param metadataBytes size of all structured metadata, as {@link
 *     dev.skald.logql.batch.StreamStats} counts it
 */
public record StreamTotals(
    Labels labels,
    long hash,
    long minTime,
    long maxTime,
    long entries,
    long lineBytes,
    long metadataBytes) {

  public boolean overlaps(long start, long end) {
    return minTime < end && maxTime >= start;
  }
}
