package dev.skald.config;

import java.time.Duration;

/**
 * The front door for reads ({@code querier}, {@code query_range}, {@code frontend}).
 *
 * @param maxConcurrent queries or parts of one that run at a time
 * @param memoryLimit how many bytes of memory all queries may hold together; 0 for a quarter of the
 *     heap (Skald's own key {@code querier.memory_limit})
 * @param maxOutstandingPerTenant queries that wait before a tenant is told 429
 * @param multiTenant whether {@code X-Scope-OrgID: a|b} reads from both
 * @param tailMaxDuration how long a live tail may stay
 * @param maxLookBack how far an instant log query looks back ({@code engine.max_look_back_period})
 * @param alignWithStep whether start and end are moved to multiples of step
 * @param cacheResults whether results of queries are kept in memory
 * @param resultCacheBytes memory for them ({@code embedded_cache.max_size_mb})
 * @param logLongerThan queries slower than this are logged; zero for none, negative for all
 */
public record QuerierConfig(
    int maxConcurrent,
    long memoryLimit,
    int maxOutstandingPerTenant,
    boolean multiTenant,
    Duration tailMaxDuration,
    Duration maxLookBack,
    boolean alignWithStep,
    boolean cacheResults,
    long resultCacheBytes,
    Duration logLongerThan) {
  public QuerierConfig {
    Check.positive(maxConcurrent, "querier.max_concurrent");
    Check.notNegative(memoryLimit, "querier.memory_limit");
    Check.positive(maxOutstandingPerTenant, "frontend.max_outstanding_per_tenant");
    Check.positive(tailMaxDuration, "querier.tail_max_duration");
    Check.notNegative(maxLookBack, "querier.engine.max_look_back_period");
    Check.notNegative(resultCacheBytes, "query_range.results_cache.cache.embedded_cache");
    Check.present(logLongerThan, "frontend.log_queries_longer_than");
  }

  public static QuerierConfig defaults() {
    return new QuerierConfig(
        4,
        0,
        2048,
        false,
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        false,
        true,
        100L << 20,
        Duration.ZERO);
  }
}
