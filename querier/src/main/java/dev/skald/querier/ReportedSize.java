package dev.skald.querier;

import dev.skald.logql.batch.StreamStats;

/**
 * Sizes as clients have them from Loki (http-api.md §7.6, §7.7). Loki in one process counts a
 * stream twice, once as its ingester knows it and once as its store does, and rounds to KiB.
 */
public final class ReportedSize {
  /** How many times everything is counted. */
  public static final int COPIES = 2;

  private static final long KIB = 1024;

  private ReportedSize() {}

  /** Returns the bytes of a stream, all copies together. */
  public static long bytes(StreamStats stream) {
    return (stream.bytes() + KIB / 2) / KIB * KIB * COPIES;
  }
}
