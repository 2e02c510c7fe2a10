package dev.skald.querier;

import dev.skald.config.Limits;
import dev.skald.config.Overrides;
import dev.skald.config.QueryCostLimits;
import dev.skald.config.QueryLimits;
import dev.skald.config.RetentionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The limits of tenants that are read together, under the name that joins them: of each limit the
 * strictest, where 0 stands for none (http-api.md §1.3). What is about other things than queries is
 * the first one's.
 */
public final class JoinedLimits implements Overrides {
  private final Overrides each;

  public JoinedLimits(Overrides each) {
    this.each = each;
  }

  @Override
  public Limits limits(String tenant) {
    return JoinedTenants.split(tenant).stream()
        .map(each::limits)
        .reduce(JoinedLimits::join)
        .orElseThrow();
  }

  private static Limits join(Limits a, Limits b) {
    return new Limits(
        a.ingest(),
        a.admission(),
        a.otlp(),
        query(a.query(), b.query()),
        cost(a.cost(), b.cost()),
        hidesDeleted(a) ? a.retention() : b.retention(),
        a.rules(),
        a.patterns());
  }

  private static boolean hidesDeleted(Limits limits) {
    return limits.retention().deletion() != RetentionLimits.Deletion.DISABLED;
  }

  private static QueryLimits query(QueryLimits a, QueryLimits b) {
    Set<String> aggregations = new LinkedHashSet<>(a.shardAggregations());
    aggregations.retainAll(b.shardAggregations());
    return new QueryLimits(
        least(a.maxEntriesLimitPerQuery(), b.maxEntriesLimitPerQuery()),
        least(a.maxQuerySeries(), b.maxQuerySeries()),
        least(a.maxQueryLength(), b.maxQueryLength()),
        least(a.maxQueryLookback(), b.maxQueryLookback()),
        least(a.maxQueryRange(), b.maxQueryRange()),
        least(a.maxStreamsMatchersPerQuery(), b.maxStreamsMatchersPerQuery()),
        least(a.queryTimeout(), b.queryTimeout()),
        a.volumeEnabled() && b.volumeEnabled(),
        least(a.volumeMaxSeries(), b.volumeMaxSeries()),
        aggregations,
        a.enableMultiVariantQueries() && b.enableMultiVariantQueries(),
        least(a.maxQueryMemory(), b.maxQueryMemory()));
  }

  private static QueryCostLimits cost(QueryCostLimits a, QueryCostLimits b) {
    Set<String> required = new LinkedHashSet<>(a.requiredLabels());
    required.addAll(b.requiredLabels());
    List<QueryCostLimits.BlockedQuery> blocked = new ArrayList<>(a.blockedQueries());
    blocked.addAll(b.blockedQueries());
    return new QueryCostLimits(
        least(a.maxBytesRead(), b.maxBytesRead()),
        least(a.maxQuerierBytesRead(), b.maxQuerierBytesRead()),
        least(a.maxQueriers(), b.maxQueriers()),
        least(a.maxCapacity(), b.maxCapacity()),
        Math.min(a.maxParallelism(), b.maxParallelism()),
        least(a.splitInterval(), b.splitInterval()),
        a.cacheFreshness().compareTo(b.cacheFreshness()) > 0
            ? a.cacheFreshness()
            : b.cacheFreshness(),
        Math.min(a.maxTails(), b.maxTails()),
        least(a.maxStreams(), b.maxStreams()),
        List.copyOf(required),
        Math.max(a.minimumLabels(), b.minimumLabels()),
        blocked);
  }

  private static int least(int a, int b) {
    return (int) least((long) a, (long) b);
  }

  private static long least(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }

  private static double least(double a, double b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }

  private static Duration least(Duration a, Duration b) {
    boolean second = a.isZero() || !b.isZero() && b.compareTo(a) < 0;
    return second ? b : a;
  }
}
