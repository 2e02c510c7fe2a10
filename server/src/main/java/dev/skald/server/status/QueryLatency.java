package dev.skald.server.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code loki_logql_querystats_latency_seconds}: how long questions of every kind took. Safe for
 * use by any thread.
 */
final class QueryLatency {
  private static final Duration[] TIMES = Buckets.times();

  /**
   * A kind of questions, and how they were answered.
   *
   * @param type what is asked for
   * @param range {@code instant}, {@code range}, or nothing
   */
  record Kind(String type, String range, int status) {}

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  QueryLatency(MeterRegistry registry) {
    this.registry = registry;
  }

  void record(Kind kind, long nanos) {
    timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("loki.logql.querystats.latency")
        .tag("type", kind.type)
        .tag("range", kind.range)
        .tag("status_code", Integer.toString(kind.status))
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }
}
