package dev.skald.ingester;

import java.util.Map;

/**
 * Numbers for metrics. Those called total only grow.
 *
 * @param memoryStreams active streams of each tenant
 * @param memoryChunks streams summed over all heads in memory
 * @param memoryBytes about how much the entries in memory take
 * @param headsWaiting heads that take no more and are not sealed yet
 * @param walBytesTotal bytes appended to the log
 * @param walWriteFailuresTotal groups of pushes that the log could not take
 * @param walCorruptionsTotal bad places found in the log
 * @param duplicatesTotal entries that were stored before
 * @param replaySeconds how long the last replay took, or has been running
 */
public record IngesterStats(
    Map<String, Integer> memoryStreams,
    long memoryChunks,
    long memoryBytes,
    long headsWaiting,
    long walRecordsTotal,
    long walBytesTotal,
    long walWriteFailuresTotal,
    long walCorruptionsTotal,
    long duplicatesTotal,
    long headsSealedTotal,
    long sealFailuresTotal,
    double replaySeconds) {
  public IngesterStats {
    memoryStreams = Map.copyOf(memoryStreams);
  }
}
