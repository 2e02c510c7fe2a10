package dev.skald.logql.batch;

import dev.skald.logql.Labels;

/**
 * What a source knows of one stream within a time range without reading its entries; upper bounds
 * where a block is only partly inside the range.
 *
 * @param chunks how many blocks hold entries of the stream
 * @param bytes length of the lines and of the structured metadata, uncompressed
 */
public record StreamStats(Labels labels, long chunks, long entries, long bytes) {}
