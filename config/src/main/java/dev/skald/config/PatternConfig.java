package dev.skald.config;

import java.time.Duration;

/**
 * Which templates of lines are kept, and for how long ({@code pattern_ingester}).
 *
 * @param enabled whether lines are mined at all
 * @param maxClusters templates of one stream and level
 * @param maxLineLength longer lines are not mined, in bytes
 * @param retainFor how old an entry may be to count
 * @param sampleInterval entries are counted in steps of this length
 */
public record PatternConfig(
    boolean enabled,
    int maxClusters,
    int maxLineLength,
    Duration retainFor,
    Duration sampleInterval) {
  public PatternConfig {
    Check.within(maxClusters, 1, 1 << 20, "pattern_ingester.max_clusters");
    Check.within(maxLineLength, 0, Integer.MAX_VALUE, "pattern_ingester.max_allowed_line_length");
    Check.positive(retainFor, "pattern_ingester.retain_for");
    Check.positive(sampleInterval, "pattern_ingester.pattern_sample_interval");
  }

  public static PatternConfig defaults() {
    return new PatternConfig(false, 300, 3000, Duration.ofHours(3), Duration.ofSeconds(10));
  }
}
