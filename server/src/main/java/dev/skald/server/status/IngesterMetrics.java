package dev.skald.server.status;

import dev.skald.ingester.Ingester;
import dev.skald.ingester.IngesterListener;
import dev.skald.ingester.IngesterStats;
import dev.skald.ingester.SealReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Counts what the ingester holds and seals, under the names that Loki's dashboards read
 * (http-api.md §12): a chunk is what one stream has in one head. Safe for use by any thread.
 */
public final class IngesterMetrics implements IngesterListener {
  /**
   * Stands for {@code loki.ingester.streams.created}: the library takes the last word for one of
   * OpenMetrics and cuts it off.
   */
  private static final String CREATED = "loki.ingester.streams.came";

  private final MeterRegistry registry;
  private final CountedTenants tenants = new CountedTenants();
  private final MultiGauge memoryStreams;
  private final Timer ages;
  private final DistributionSummary entries;
  private final Map<SealReason, Counter> flushed = new EnumMap<>(SealReason.class);
  private volatile Ingester observed;

  public IngesterMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.memoryStreams = MultiGauge.builder("loki.ingester.memory.streams").register(registry);
    this.ages =
        Timer.builder("loki.ingester.chunk.age")
            .serviceLevelObjectives(Buckets.ages())
            .register(registry);
    this.entries =
        DistributionSummary.builder("loki.ingester.chunk.entries")
            .serviceLevelObjectives(Buckets.counts())
            .register(registry);
    for (SealReason reason : SealReason.values()) {
      flushed.put(
          reason, registry.counter("loki.ingester.chunks.flushed", "reason", reason.label()));
    }
  }

  @Override
  public void sealed(String tenant, SealReason why, int count, long ageNanos) {
    flushed.get(why).increment();
    stored(tenant).increment();
    entries.record(count);
    ages.record(ageNanos, TimeUnit.NANOSECONDS);
  }

  private Counter stored(String tenant) {
    return registry.counter("loki.ingester.chunks.stored", "tenant", tenants.name(tenant));
  }

  @Override
  public void created(String tenant) {
    registry.counter(CREATED, "tenant", tenants.name(tenant)).increment();
  }

  @Override
  public void removed(String tenant, int streams) {
    registry
        .counter("loki.ingester.streams.removed", "tenant", tenants.name(tenant))
        .increment(streams);
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
    counter("skald.ingester.heads.sealed", ingester, IngesterStats::headsSealedTotal);
    counter("loki.ingester.chunks.flush.failures", ingester, IngesterStats::sealFailuresTotal);
    observed = ingester;
  }

  private void gauge(String name, Ingester ingester, ToDoubleFunction<IngesterStats> value) {
    Gauge.builder(name, ingester, i -> value.applyAsDouble(i.stats())).register(registry);
  }

  private void counter(String name, Ingester ingester, ToDoubleFunction<IngesterStats> value) {
    FunctionCounter.builder(name, ingester, i -> value.applyAsDouble(i.stats())).register(registry);
  }

  /** Takes over what only grows by names that were unknown before; to be called before a scrape. */
  public void refresh() {
    Ingester ingester = observed;
    if (ingester == null) {
      return;
    }
    Map<String, Integer> streams = new TreeMap<>();
    ingester
        .stats()
        .memoryStreams()
        .forEach((tenant, count) -> streams.merge(tenants.name(tenant), count, Integer::sum));
    memoryStreams.register(
        streams.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                tenant -> MultiGauge.Row.of(Tags.of("tenant", tenant.getKey()), tenant.getValue()))
            .toList(),
        true);
  }

  /** Puts a name into a page that the library would not have there. */
  public static String renamed(String page) {
    return page.replace("loki_ingester_streams_came", "loki_ingester_streams_created");
  }
}
