package dev.skald.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Merging of segments, retention and deletion ({@code compactor}).
 *
 * @param retentionEnabled without it nothing is deleted because of its age, and there are no delete
 *     requests
 * @param retentionDeleteDelay from the mark on a segment to its end
 * @param applyRetentionInterval zero for the same as {@code compactionInterval}
 * @param deleteRequestCancelPeriod how long a delete request waits before it acts
 * @param parallelism compactions at a time
 * @param merge how segments are merged (Skald's own keys)
 * @param space how much space segments may take (Skald's own keys)
 */
public record CompactorConfig(
    Path workingDirectory,
    Duration compactionInterval,
    boolean retentionEnabled,
    Duration retentionDeleteDelay,
    Duration applyRetentionInterval,
    Duration deleteRequestCancelPeriod,
    int parallelism,
    MergeConfig merge,
    SpaceConfig space) {
  public CompactorConfig {
    Check.present(workingDirectory, "compactor.working_directory");
    Check.positive(compactionInterval, "compactor.compaction_interval");
    Check.notNegative(retentionDeleteDelay, "compactor.retention_delete_delay");
    Check.notNegative(applyRetentionInterval, "compactor.apply_retention_interval");
    Check.notNegative(deleteRequestCancelPeriod, "compactor.delete_request_cancel_period");
    Check.positive(parallelism, "compactor.max_compaction_parallelism");
    Check.present(merge, "compactor.merge_zstd_level");
    Check.present(space, "compactor.retention_max_bytes");
  }

  /** Returns how often retention is applied. */
  public Duration retentionInterval() {
    return applyRetentionInterval.isZero() ? compactionInterval : applyRetentionInterval;
  }

  public static CompactorConfig defaults() {
    return new CompactorConfig(
        Path.of("data", "compactor"),
        Duration.ofMinutes(10),
        false,
        Duration.ofHours(2),
        Duration.ZERO,
        Duration.ofHours(24),
        1,
        MergeConfig.defaults(),
        SpaceConfig.unlimited());
  }
}
