package dev.skald.logql.batch;

import dev.skald.logql.Labels;

/**
 * What a source knows of one stream within a time range without reading its entries; upper bounds
 * where a block is only partly inside the range.
 *
 * @param chunks how many blocks hold entries of the stream
 * @param bytes length of the lines, uncompressed, plus {@link #PAIR_BYTES} for each pair of
 *     structured metadata, plus the length of the distinct names and values of metadata, once in
 *     each block as far as the block knows that they repeat; this is how Loki counts
 */
public record StreamStats(Labels labels, long chunks, long entries, long bytes) {
  /** What a pair of structured metadata counts beside its name and value. */
  public static final int PAIR_BYTES = 8;
}
