package dev.skald.config;

import java.time.Duration;

/**
 * Recent lines: memory, WAL, and when they become segments ({@code ingester}).
 *
 * @param shards writer threads, each with its own heads and its own WAL; one a core where the file
 *     does not say (Skald's own key {@code ingester.shards}, 0 for that)
 * @param memoryLimit bytes of memory for the lines of all tenants that are no segments yet; 0 for
 *     three tenths of the heap (Skald's own key {@code ingester.memory_limit})
 * @param minReadyDuration how long {@code /ready} waits after a start
 */
public record IngesterConfig(
    int shards, WalConfig wal, SealConfig seal, long memoryLimit, Duration minReadyDuration) {
  public IngesterConfig {
    Check.within(shards, 1, 1024, "ingester.shards");
    Check.present(wal, "ingester.wal");
    Check.present(seal, "ingester.seal");
    Check.notNegative(memoryLimit, "ingester.memory_limit");
    Check.notNegative(minReadyDuration, "ingester.lifecycler.min_ready_duration");
  }

  /** How many heads are sealed at a time: two, where there are as many shards. */
  public int sealThreads() {
    return Math.min(2, shards);
  }

  public static IngesterConfig defaults() {
    return new IngesterConfig(
        Runtime.getRuntime().availableProcessors(),
        WalConfig.defaults(),
        SealConfig.defaults(),
        0,
        Duration.ofSeconds(15));
  }
}
