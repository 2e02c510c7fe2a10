package dev.skald.distributor;

import dev.skald.distributor.PushOutcome.Format;

/** Counts what comes in and what is turned away. Called by many threads at once. */
public interface DistributorMetrics {
  /**
   * @param bytes of lines and structured metadata
   * @param metadataBytes of structured metadata alone
   */
  void received(String tenant, Format format, long lines, long bytes, long metadataBytes);

  /**
   * @param reason as in http-api.md §4.6
   */
  void discarded(String tenant, Format format, String reason, long lines, long bytes);
}
