package dev.skald.config;

import java.time.Duration;

/**
 * What a tenant may query. A zero duration or count means no limit. The names are those of Loki's
 * {@code limits_config} in camel case.
 */
public record QueryLimits(
    int maxEntriesLimitPerQuery,
    int maxQuerySeries,
    Duration maxQueryLength,
    Duration maxQueryLookback,
    Duration maxQueryRange,
    int maxStreamsMatchersPerQuery,
    Duration queryTimeout,
    boolean volumeEnabled,
    int volumeMaxSeries) {

  public static QueryLimits defaults() {
    return new QueryLimits(
        5000,
        500,
        Duration.ofHours(721),
        Duration.ZERO,
        Duration.ZERO,
        1000,
        Duration.ofMinutes(1),
        true,
        1000);
  }
}
