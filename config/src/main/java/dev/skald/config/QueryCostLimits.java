package dev.skald.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much a query may cost and how it is cut. Zero means no limit, save for {@code
 * maxParallelism}.
 *
 * @param maxBytesRead {@code max_query_bytes_read}
 * @param maxQuerierBytesRead {@code max_querier_bytes_read}
 * @param maxQueriers how many of the server's workers may run queries of the tenant at a time
 *     ({@code max_queriers_per_tenant})
 * @param maxCapacity the same as a part of all workers ({@code max_query_capacity})
 * @param maxParallelism parts of one query that run at a time ({@code max_query_parallelism}); 0
 *     refuses every query
 * @param splitInterval {@code split_queries_by_interval}; zero for one piece
 * @param cacheFreshness results newer than this are not cached
 * @param maxTails live tails at a time
 * @param maxStreams streams a query may touch ({@code cardinality_limit})
 * @param requiredLabels labels that every selector must name
 * @param minimumLabels matchers that every selector must have
 */
public record QueryCostLimits(
    long maxBytesRead,
    long maxQuerierBytesRead,
    int maxQueriers,
    double maxCapacity,
    int maxParallelism,
    Duration splitInterval,
    Duration cacheFreshness,
    int maxTails,
    int maxStreams,
    List<String> requiredLabels,
    int minimumLabels,
    List<BlockedQuery> blockedQueries) {
  public QueryCostLimits {
    Check.notNegative(maxBytesRead, "max_query_bytes_read");
    Check.notNegative(maxQuerierBytesRead, "max_querier_bytes_read");
    Check.notNegative(maxQueriers, "max_queriers_per_tenant");
    Check.notNegative(maxParallelism, "max_query_parallelism");
    Check.notNegative(splitInterval, "split_queries_by_interval");
    Check.notNegative(cacheFreshness, "max_cache_freshness_per_query");
    Check.notNegative(maxTails, "max_concurrent_tail_requests");
    Check.notNegative(maxStreams, "cardinality_limit");
    requiredLabels = List.copyOf(requiredLabels);
    Check.notNegative(minimumLabels, "minimum_labels_number");
    blockedQueries = List.copyOf(blockedQueries);
  }

  public static QueryCostLimits defaults() {
    return new QueryCostLimits(
        0,
        150L << 30,
        0,
        0,
        32,
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        10,
        100_000,
        List.of(),
        0,
        List.of());
  }

  /**
   * A query that is refused.
   *
   * @param pattern the query's text, or a regular expression; empty for every query
   * @param hash FNV-32 of the text; 0 for none
   * @param types {@code metric}, {@code filter}, {@code limited}; empty for all
   * @param tags that {@code X-Query-Tags} must hold
   */
  public record BlockedQuery(
      String pattern, boolean regex, long hash, Set<String> types, Map<String, String> tags) {
    public BlockedQuery {
      Check.present(pattern, "blocked_queries.pattern");
      types = Set.copyOf(types);
      tags = Map.copyOf(tags);
    }
  }
}
