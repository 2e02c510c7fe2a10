package dev.skald.server.status;

import dev.skald.distributor.DistributorMetrics;
import dev.skald.distributor.PushOutcome.Format;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.IngesterStats;
import dev.skald.server.http.HttpServer;
import dev.skald.server.http.RequestObserver;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Counts requests and what is pushed, under the names that Loki's dashboards read (http-api.md
 * §12). Safe for use by any thread.
 */
public final class ServerMetrics
    implements RequestObserver, DistributorMetrics, CorruptionListener {
  static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(25),
    Duration.ofSeconds(50),
    Duration.ofSeconds(100)
  };

  /** The status of a request that has become a WebSocket. */
  private static final int SWITCHING = 101;

  /** Powers of four, from 4 B to 1 GiB. */
  private static final double[] SIZES =
      IntStream.rangeClosed(1, 15).mapToDouble(n -> Math.pow(4, n)).toArray();

  /** So many tenants are told apart, so that names that clients make up do not fill the memory. */
  private static final int MOST_TENANTS = 5_000;

  /** Stands for all other tenants. */
  private static final String OTHERS = "other tenants";

  private record RequestKey(String method, String route, int status) {}

  private record RouteKey(String method, String route, String what) {}

  private record TenantKey(String tenant, Format format, String reason) {}

  private record PushCounters(Counter lines, Counter bytes, Counter metadataBytes) {}

  private record DiscardCounters(Counter lines, Counter bytes) {}

  private final MeterRegistry registry;
  private final Counter corruptions;
  private final Counter panics;
  private final MultiGauge memoryStreams;
  private final Map<RouteKey, DistributionSummary> sizes = new ConcurrentHashMap<>();
  private final Map<RouteKey, AtomicInteger> underWay = new ConcurrentHashMap<>();
  private volatile Ingester observed;
  private final Map<RequestKey, Timer> requests = new ConcurrentHashMap<>();
  private final Set<String> tenants = ConcurrentHashMap.newKeySet();
  private final Map<TenantKey, PushCounters> pushes = new ConcurrentHashMap<>();
  private final Map<TenantKey, DiscardCounters> discards = new ConcurrentHashMap<>();

  public ServerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.corruptions = registry.counter("skald.storage.corruptions");
    this.panics = registry.counter("loki.panic");
    this.memoryStreams = MultiGauge.builder("loki.ingester.memory.streams").register(registry);
  }

  /** Reads the numbers of an ingester whenever metrics are asked for. */
  public void observe(Ingester ingester) {
    gauge("loki.ingester.memory.chunks", ingester, IngesterStats::memoryChunks);
    gauge("skald.ingester.memory.bytes", ingester, IngesterStats::memoryBytes);
    gauge("skald.ingester.memory.used.bytes", ingester, IngesterStats::memoryUsed);
    gauge("skald.ingester.memory.limit.bytes", ingester, IngesterStats::memoryLimit);
    gauge("skald.ingester.heads.failing", ingester, IngesterStats::headsFailing);
    gauge("loki.ingester.flush.queue.length", ingester, IngesterStats::headsWaiting);
    gauge("loki.ingester.wal.replay.duration.seconds", ingester, IngesterStats::replaySeconds);
    gauge("loki.ingester.wal.replay.active", ingester, stats -> stats.replayActive() ? 1 : 0);
    gauge("loki.ingester.wal.bytes.in.use", ingester, IngesterStats::walBytesInUse);
    counter("loki.ingester.wal.records.logged", ingester, IngesterStats::walRecordsTotal);
    counter("loki.ingester.wal.logged.bytes", ingester, IngesterStats::walBytesTotal);
    counter("loki.ingester.wal.disk.full.failures", ingester, IngesterStats::walWriteFailuresTotal);
    counter("loki.ingester.wal.corruptions", ingester, IngesterStats::walCorruptionsTotal);
    counter("skald.ingester.duplicates", ingester, IngesterStats::duplicatesTotal);
    counter("loki.ingester.chunks.flushed", ingester, IngesterStats::headsSealedTotal);
    counter("loki.ingester.chunks.flush.failures", ingester, IngesterStats::sealFailuresTotal);
    observed = ingester;
  }

  /** Reads the numbers of the listener whenever metrics are asked for. */
  public void observe(HttpServer server, int limit) {
    Gauge.builder("loki.tcp.connections", server, HttpServer::connections)
        .tag("protocol", "http")
        .register(registry);
    Gauge.builder("loki.tcp.connections.limit", () -> limit)
        .tag("protocol", "http")
        .register(registry);
  }

  /** Takes over what only grows by names that were unknown before; to be called before a scrape. */
  public void refresh() {
    Ingester ingester = observed;
    if (ingester != null) {
      Map<String, Integer> streams = new TreeMap<>();
      ingester
          .stats()
          .memoryStreams()
          .forEach((tenant, count) -> streams.merge(counted(tenant), count, Integer::sum));
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      streams.forEach(
          (tenant, count) -> rows.add(MultiGauge.Row.of(Tags.of("tenant", tenant), count)));
      memoryStreams.register(rows, true);
    }
  }

  private void gauge(String name, Ingester ingester, ToDoubleFunction<IngesterStats> value) {
    Gauge.builder(name, ingester, i -> value.applyAsDouble(i.stats())).register(registry);
  }

  private void counter(String name, Ingester ingester, ToDoubleFunction<IngesterStats> value) {
    FunctionCounter.builder(name, ingester, i -> value.applyAsDouble(i.stats())).register(registry);
  }

  @Override
  public void sizes(String method, String route, long request, long reply) {
    sizes
        .computeIfAbsent(new RouteKey(method, route, "request"), this::sizeSummary)
        .record(request);
    sizes.computeIfAbsent(new RouteKey(method, route, "response"), this::sizeSummary).record(reply);
  }

  private DistributionSummary sizeSummary(RouteKey key) {
    return DistributionSummary.builder("loki." + key.what + ".message.bytes")
        .tag("method", key.method)
        .tag("route", key.route)
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }

  @Override
  public void underWay(String method, String route, int more) {
    underWay.computeIfAbsent(new RouteKey(method, route, ""), this::underWayGauge).addAndGet(more);
  }

  private AtomicInteger underWayGauge(RouteKey key) {
    Tags tags = Tags.of("method", key.method, "route", key.route);
    return registry.gauge("loki.inflight.requests", tags, new AtomicInteger());
  }

  @Override
  public void failed() {
    panics.increment();
  }

  @Override
  public void corrupt(CorruptDataException what) {
    corruptions.increment();
  }

  @Override
  public void answered(String method, String route, int status, long nanos) {
    requests
        .computeIfAbsent(new RequestKey(method, route, status), this::requestTimer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer requestTimer(RequestKey key) {
    return Timer.builder("loki.request.duration")
        .tag("method", key.method)
        .tag("route", key.route)
        .tag("status_code", Integer.toString(key.status))
        .tag("ws", Boolean.toString(key.status == SWITCHING))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public void received(String tenant, Format format, long lines, long bytes, long metadataBytes) {
    PushCounters counters =
        pushes.computeIfAbsent(new TenantKey(counted(tenant), format, ""), this::pushCounters);
    counters.lines.increment(lines);
    counters.bytes.increment(bytes);
    counters.metadataBytes.increment(metadataBytes);
  }

  private PushCounters pushCounters(TenantKey key) {
    Tags tags = tags(key).and("is_internal_stream", "false");
    Tags withRetention = tags.and("retention_hours", "");
    return new PushCounters(
        registry.counter("loki.distributor.lines.received", tags),
        registry.counter("loki.distributor.bytes.received", withRetention),
        registry.counter("loki.distributor.structured.metadata.bytes.received", withRetention));
  }

  @Override
  public void discarded(String tenant, Format format, String reason, long lines, long bytes) {
    DiscardCounters counters =
        discards.computeIfAbsent(
            new TenantKey(counted(tenant), format, reason), this::discardCounters);
    counters.lines.increment(lines);
    counters.bytes.increment(bytes);
  }

  private DiscardCounters discardCounters(TenantKey key) {
    Tags tags = tags(key).and("reason", key.reason).and("retention_hours", "");
    return new DiscardCounters(
        registry.counter("loki.discarded.samples", tags),
        registry.counter("loki.discarded.bytes", tags));
  }

  /** Returns the name under which a tenant is counted. */
  private String counted(String tenant) {
    if (tenants.contains(tenant)) {
      return tenant;
    }
    if (tenants.size() >= MOST_TENANTS) {
      return OTHERS;
    }
    tenants.add(tenant);
    return tenant;
  }

  private static Tags tags(TenantKey key) {
    return Tags.of(
        "tenant", key.tenant, "policy", "", "format", key.format.name().toLowerCase(Locale.ROOT));
  }
}
