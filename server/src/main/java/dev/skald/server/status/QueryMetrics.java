package dev.skald.server.status;

import dev.skald.querier.Answer;
import dev.skald.server.query.QueryObserver;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts queries, under the names that Loki's dashboards read (http-api.md §12). Safe for use by
 * any thread.
 */
public final class QueryMetrics implements QueryObserver {
  private static final Duration[] TIMES = Buckets.times();
  private static final double[] RATES = Buckets.rates();
  private static final double NANOS = 1e9;

  /** Above that a query is slow in Loki's words. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Speed(Kind kind, boolean slow) {}

  private final MeterRegistry registry;
  private final QueryLatency latency;
  private final Timer queued;
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final Map<Speed, DistributionSummary> speeds = new ConcurrentHashMap<>();

  public QueryMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.latency = new QueryLatency(registry);
    this.queued = timer("loki.query.scheduler.queue.duration").register(registry);
  }

  private static Timer.Builder timer(String name) {
    return Timer.builder(name).serviceLevelObjectives(TIMES);
  }

  @Override
  public void evaluated(Kind kind, Answer answer) {
    queued.record(answer.queuedNanos(), TimeUnit.NANOSECONDS);
    durations
        .computeIfAbsent(kind.range(), this::duration)
        .record(answer.runNanos(), TimeUnit.NANOSECONDS);
    if (answer.runNanos() > 0) {
      long bytes = answer.stats().lineBytes() + answer.stats().metadataBytes();
      speeds
          .computeIfAbsent(new Speed(kind, answer.runNanos() > SLOW_NANOS), this::speed)
          .record(bytes / (answer.runNanos() / NANOS));
    }
  }

  private Timer duration(String range) {
    return timer("logql.query.duration").tag("query_type", range).register(registry);
  }

  private DistributionSummary speed(Speed speed) {
    return DistributionSummary.builder("loki.logql.querystats.bytes.processed.per.seconds")
        .tag("type", speed.kind.type().label())
        .tag("range", speed.kind.range())
        .tag("status_code", "200")
        .tag("latency_type", speed.slow ? "slow" : "fast")
        .tag("sharded", "false")
        .serviceLevelObjectives(RATES)
        .register(registry);
  }

  @Override
  public void answered(Kind kind, int status, long nanos) {
    latency.record(new QueryLatency.Kind(kind.type().label(), kind.range(), status), nanos);
  }
}
