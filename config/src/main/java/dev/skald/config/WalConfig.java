package dev.skald.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The write-ahead log ({@code ingester.wal}).
 *
 * @param sync when an acknowledged push is safe against a power cut (Skald's own key {@code
 *     ingester.wal.sync})
 * @param batchDelay how long {@link Sync#BATCH} waits for company before it syncs (Skald's own key
 *     {@code ingester.wal.batch_delay})
 * @param replayMemoryCeiling bytes of memory for the lines that a replay has read and that are no
 *     segments yet, where that is less than {@code ingester.memory_limit}; 0 for no limit of its
 *     own
 * @param diskFullThreshold share of the disk above which pushes are refused, 0 to 1; 0 for never
 * @param flushOnShutdown whether a stop seals all heads instead of leaving them to the next replay
 */
public record WalConfig(
    boolean enabled,
    Path directory,
    Sync sync,
    Duration batchDelay,
    long replayMemoryCeiling,
    double diskFullThreshold,
    boolean flushOnShutdown) {
  /** When the log is forced to the disk. */
  public enum Sync {
    /** One sync for all pushes that arrive within the batch delay; each waits for it. */
    BATCH,
    /** One sync a push. */
    ALWAYS,
    /** The operating system decides; a power cut may lose the last seconds. */
    NEVER
  }

  public WalConfig {
    Check.present(directory, "ingester.wal.dir");
    Check.present(sync, "ingester.wal.sync");
    Check.notNegative(batchDelay, "ingester.wal.batch_delay");
    Check.notNegative(replayMemoryCeiling, "ingester.wal.replay_memory_ceiling");
    if (!(diskFullThreshold >= 0 && diskFullThreshold <= 1)) {
      throw new IllegalArgumentException(
          "ingester.wal.disk_full_threshold is " + diskFullThreshold + ", wanted 0 to 1");
    }
  }

  public static WalConfig defaults() {
    return new WalConfig(
        true, Path.of("wal"), Sync.BATCH, Duration.ofMillis(2), 4L << 30, 0.9, false);
  }
}
