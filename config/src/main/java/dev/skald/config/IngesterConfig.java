package dev.skald.config;

import java.time.Duration;

/**
 * Recent lines: memory, WAL, and when they become segments ({@code ingester}).
 *
 * @param shards writer threads, each with its own heads and its own WAL; one a core where the file
 *     does not say (Skald's own key {@code ingester.shards}, 0 for that)
 * @param minReadyDuration how long {@code /ready} waits after a start
 */
public record IngesterConfig(
    int shards, WalConfig wal, SealConfig seal, Duration minReadyDuration) {
  public IngesterConfig {
    Check.within(shards, 1, 1024, "ingester.shards");
    Check.present(wal, "ingester.wal");
    Check.present(seal, "ingester.seal");
    Check.notNegative(minReadyDuration, "ingester.lifecycler.min_ready_duration");
  }

  public static IngesterConfig defaults() {
    return new IngesterConfig(
        Runtime.getRuntime().availableProcessors(),
        WalConfig.defaults(),
        SealConfig.defaults(),
        Duration.ofSeconds(15));
  }
}
