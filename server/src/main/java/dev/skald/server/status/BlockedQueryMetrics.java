package dev.skald.server.status;

import dev.skald.querier.BlockedQueries;
import dev.skald.querier.Caller;
import dev.skald.querier.QueryListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of queries, and logs those that were refused by an operator. */
public final class BlockedQueryMetrics implements QueryListener {
  private static final Logger LOG = LoggerFactory.getLogger(BlockedQueryMetrics.class);

  /** So much of a query is logged. */
  private static final int MOST_LOGGED = 1_000;

  /** So many tenants are told apart, so that names that clients make up do not fill the memory. */
  private static final int MOST_TENANTS = 5_000;

  private static final String OTHERS = "other tenants";

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> blocked = new ConcurrentHashMap<>();

  public BlockedQueryMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void blocked(Caller caller, String query) {
    boolean told = blocked.size() < MOST_TENANTS || blocked.containsKey(caller.tenant());
    blocked.computeIfAbsent(told ? caller.tenant() : OTHERS, this::counter).incrementAndGet();
    LOG.warn(
        "query blocked by policy: tenant={} user={} hash={} query={}",
        caller.tenant(),
        caller.actor(),
        BlockedQueries.hash(query),
        query.length() > MOST_LOGGED ? query.substring(0, MOST_LOGGED) + "..." : query);
  }

  /** Loki's name has no {@code _total}, which a counter always gets. */
  private AtomicLong counter(String tenant) {
    AtomicLong count = new AtomicLong();
    Gauge.builder("loki.blocked.queries", count, AtomicLong::get)
        .description("Queries that were refused because an operator has blocked them.")
        .tag("user", tenant)
        .strongReference(true)
        .register(registry);
    return count;
  }
}
