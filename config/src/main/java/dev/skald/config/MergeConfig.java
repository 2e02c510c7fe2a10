package dev.skald.config;

import java.time.Duration;

/**
 * How segments are merged (Skald's own keys of {@code compactor}).
 *
 * @param cores how busy all merges may be together ({@code merge_cpu}); 0.5 is half of one core
 * @param bytesPerSecond how much they may read in a second ({@code merge_bytes_per_second}); 0 for
 *     any
 * @param maxBytes the largest segment that they make ({@code merge_max_bytes})
 * @param zstdLevel how hard pages are compressed ({@code merge_zstd_level})
 * @param coldZstdLevel the same for days that are over ({@code cold_zstd_level})
 * @param coldAfter how long a day must be over and have got nothing new ({@code cold_after})
 */
public record MergeConfig(
    double cores,
    long bytesPerSecond,
    long maxBytes,
    int zstdLevel,
    int coldZstdLevel,
    Duration coldAfter) {
  public MergeConfig {
    if (!(cores > 0 && cores <= 1024)) {
      throw new IllegalArgumentException(
          "compactor.merge_cpu: " + cores + ", wanted more than 0 and at most 1024");
    }
    Check.notNegative(bytesPerSecond, "compactor.merge_bytes_per_second");
    Check.positive(maxBytes, "compactor.merge_max_bytes");
    Check.within(zstdLevel, 1, 19, "compactor.merge_zstd_level");
    Check.within(coldZstdLevel, 1, 19, "compactor.cold_zstd_level");
    Check.notNegative(coldAfter, "compactor.cold_after");
  }

  public static MergeConfig defaults() {
    return new MergeConfig(0.5, 64L << 20, 256L << 20, 6, 12, Duration.ofHours(6));
  }
}
