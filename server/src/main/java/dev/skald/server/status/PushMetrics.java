package dev.skald.server.status;

import dev.skald.distributor.DistributorMetrics;
import dev.skald.distributor.PushOutcome.Format;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what is pushed, under the names that Loki's dashboards read (http-api.md §12). Safe for
 * use by any thread.
 */
public final class PushMetrics implements DistributorMetrics {
  private record TenantKey(String tenant, Format format, String reason) {
    Tags tags() {
      return Tags.of(
          "tenant", tenant, "policy", "", "format", format.name().toLowerCase(Locale.ROOT));
    }
  }

  private record PushCounters(Counter lines, Counter bytes, Counter metadataBytes) {}

  private record DiscardCounters(Counter lines, Counter bytes) {}

  private final MeterRegistry registry;
  private final CountedTenants tenants = new CountedTenants();
  private final Map<TenantKey, PushCounters> pushes = new ConcurrentHashMap<>();
  private final Map<TenantKey, DiscardCounters> discards = new ConcurrentHashMap<>();

  public PushMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void received(String tenant, Format format, long lines, long bytes, long metadataBytes) {
    PushCounters counters =
        pushes.computeIfAbsent(new TenantKey(tenants.name(tenant), format, ""), this::pushCounters);
    counters.lines.increment(lines);
    counters.bytes.increment(bytes);
    counters.metadataBytes.increment(metadataBytes);
  }

  private PushCounters pushCounters(TenantKey key) {
    Tags tags = key.tags().and("is_internal_stream", "false");
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
            new TenantKey(tenants.name(tenant), format, reason), this::discardCounters);
    counters.lines.increment(lines);
    counters.bytes.increment(bytes);
  }

  private DiscardCounters discardCounters(TenantKey key) {
    Tags tags = key.tags().and("reason", key.reason).and("retention_hours", "");
    return new DiscardCounters(
        registry.counter("loki.discarded.samples", tags),
        registry.counter("loki.discarded.bytes", tags));
  }
}
