package dev.skald.config;

import java.time.Duration;

/**
 * When a head becomes a segment: at the first of these thresholds.
 *
 * @param bytes raw bytes in a head (Skald's own key {@code ingester.seal_bytes})
 * @param after age of the oldest line by arrival (Skald's own key {@code ingester.seal_after})
 * @param maxChunkAge as {@code after}, Loki's key; half of it is also how far behind a stream's
 *     newest line an older one may still arrive
 * @param chunkIdlePeriod time since the last line arrived
 * @param checkPeriod how often to look ({@code flush_check_period})
 */
public record SealConfig(
    long bytes,
    Duration after,
    Duration maxChunkAge,
    Duration chunkIdlePeriod,
    Duration checkPeriod) {
  public SealConfig {
    Check.positive(bytes, "ingester.seal_bytes");
    Check.positive(after, "ingester.seal_after");
    Check.positive(maxChunkAge, "ingester.max_chunk_age");
    Check.positive(chunkIdlePeriod, "ingester.chunk_idle_period");
    Check.positive(checkPeriod, "ingester.flush_check_period");
  }

  public static SealConfig defaults() {
    return new SealConfig(
        32L << 20,
        Duration.ofMinutes(30),
        Duration.ofHours(2),
        Duration.ofMinutes(30),
        Duration.ofSeconds(30));
  }
}
