package dev.skald.server.status;

import dev.skald.server.http.HttpServer;
import dev.skald.server.http.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests, under the names that Loki's dashboards read (http-api.md §12). Safe for use by
 * any thread.
 */
public final class RequestMetrics implements RequestObserver {
  private static final Duration[] TIMES = Buckets.times();
  private static final double[] SIZES = Buckets.sizes();

  /** Methods are told apart if they are one of these, as clients may invent others. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The status of a request that has become a WebSocket. */
  private static final int SWITCHING = 101;

  private record RequestKey(String method, String route, int status) {}

  private record RouteKey(String method, String route, String what) {}

  private final MeterRegistry registry;
  private final Counter panics;
  private final LookupMetrics lookups;
  private final Map<RouteKey, DistributionSummary> sizes = new ConcurrentHashMap<>();
  private final Map<RouteKey, AtomicInteger> underWay = new ConcurrentHashMap<>();
  private final Map<RequestKey, Timer> requests = new ConcurrentHashMap<>();

  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.panics = registry.counter("loki.panic");
    this.lookups = new LookupMetrics(registry);
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

  @Override
  public void sizes(String method, String route, long request, long reply) {
    sizes
        .computeIfAbsent(new RouteKey(named(method), route, "request"), this::sizeSummary)
        .record(request);
    sizes
        .computeIfAbsent(new RouteKey(named(method), route, "response"), this::sizeSummary)
        .record(reply);
  }

  private DistributionSummary sizeSummary(RouteKey key) {
    return DistributionSummary.builder("loki." + key.what + ".message.bytes")
        .tag("method", key.method)
        .tag("route", key.route)
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }

  private static String named(String method) {
    return METHODS.contains(method) ? method : "other";
  }

  @Override
  public void underWay(String method, String route, int more) {
    underWay
        .computeIfAbsent(new RouteKey(named(method), route, ""), this::underWayGauge)
        .addAndGet(more);
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
  public void answered(String method, String route, int status, long nanos) {
    requests
        .computeIfAbsent(new RequestKey(named(method), route, status), this::requestTimer)
        .record(nanos, TimeUnit.NANOSECONDS);
    lookups.answered(route, status, nanos);
  }

  private Timer requestTimer(RequestKey key) {
    return Timer.builder("loki.request.duration")
        .tag("method", key.method)
        .tag("route", key.route)
        .tag("status_code", Integer.toString(key.status))
        .tag("ws", Boolean.toString(key.status == SWITCHING))
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }
}
