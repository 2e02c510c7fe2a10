package dev.skald.server.status;

import dev.skald.ingester.Ingester;
import dev.skald.ingester.IngesterStats;
import dev.skald.ingester.SealReason;
import dev.skald.ingester.StreamListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Counts what the ingester holds and seals, under the names that Loki's dashboards read
 * (http-api.md §12): a chunk is what one stream has in one head. Safe for use by any thread.
 */
public final class IngesterMetrics implements StreamListener {
  private final MeterRegistry registry;
  private final CountedTenants tenants = new CountedTenants();
  private final MultiGauge memoryStreams;
  private volatile Ingester observed;

  public IngesterMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.memoryStreams = MultiGauge.builder("loki.ingester.memory.streams").register(registry);
  }

  @Override
  public void created(String tenant) {
    registry.counter("loki.ingester.streams.created", "tenant", tenants.name(tenant)).increment();
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
    for (SealReason reason : SealReason.values()) {
      FunctionCounter.builder(
              "loki.ingester.chunks.flushed",
              ingester,
              own -> own.stats().chunksSealedTotal().get(reason))
          .tag("reason", reason.label())
          .register(registry);
    }
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
}
