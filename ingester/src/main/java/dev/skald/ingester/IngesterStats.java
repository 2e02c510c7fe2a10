package dev.skald.ingester;

import java.util.Map;

/**
 * Numbers for metrics. Those called total only grow.
 *
 * @param memoryStreams active streams of each tenant
 * @param memoryChunks streams summed over all heads in memory
 * @param memoryBytes about how many bytes the entries in memory are
 * @param memoryUsed about how much memory all heads take
 * @param memoryLimit how much they may take
 * @param headsWaiting heads that take no more and are not sealed yet
 * @param headsFailing those of them that could not be sealed when it was last tried
 * @param walBytesInUse size of all log files, as of the last tick
 * @param walBytesTotal bytes appended to the log
 * @param walWriteFailuresTotal groups of pushes that the log could not take, and pushes refused
 *     because its disk is full
 * @param walCorruptionsTotal bad places found in the log
 * @param duplicatesTotal entries that were stored before
 * @param headsSealedTotal heads that were sealed
 * @param replayActive whether the log of the last run is being replayed
 * @param replaySeconds how long the last replay took, or has been running
 */
public record IngesterStats(
    Map<String, Integer> memoryStreams,
    long memoryChunks,
    long memoryBytes,
    long memoryUsed,
    long memoryLimit,
    long headsWaiting,
    long headsFailing,
    long walBytesInUse,
    long walRecordsTotal,
    long walBytesTotal,
    long walWriteFailuresTotal,
    long walCorruptionsTotal,
    long duplicatesTotal,
    long headsSealedTotal,
    long sealFailuresTotal,
    boolean replayActive,
    double replaySeconds) {
  public IngesterStats {
    memoryStreams = Map.copyOf(memoryStreams);
  }
}
