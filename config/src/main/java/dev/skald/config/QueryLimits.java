package dev.skald.config;

import java.time.Duration;
import java.util.Set;

/**
 * What a tenant may query. A zero duration or count means no limit. The names are those of Loki's
 * {@code limits_config} in camel case.
 *
 * @param shardAggregations names of LogQL's functions; of them Skald looks for {@code approx_topk},
 *     which only those may use who have it here
 * @param enableMultiVariantQueries whether {@code variants(…) of (…)} may be used
 * @param maxQueryMemory how many bytes of memory a query may hold; 0 for a sixth of the heap
 *     (Skald's own key {@code max_query_memory})
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
    int volumeMaxSeries,
    Set<String> shardAggregations,
    boolean enableMultiVariantQueries,
    long maxQueryMemory) {
  public QueryLimits {
    shardAggregations = Set.copyOf(shardAggregations);
  }

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
        1000,
        Set.of(),
        false,
        0);
  }
}
