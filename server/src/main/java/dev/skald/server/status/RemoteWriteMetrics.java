package dev.skald.server.status;

import dev.skald.ruler.remotewrite.RemoteWriteListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how recorded samples are sent, under Loki's names (http-api.md §12). Safe for use by any
 * thread.
 */
public final class RemoteWriteMetrics implements RemoteWriteListener {
  private static final String WAL = "loki.ruler.wal.";
  private static final String SAMPLES = WAL + "prometheus.remote.storage.samples";

  private record Queue(String tenant, String client) {
    /** The name of the queue is Loki's (config-and-clients.md §2.9). */
    Tags tags() {
      return Tags.of("tenant", tenant, "remote_name", tenant + "-rw-" + client);
    }
  }

  private final MeterRegistry registry;
  private final Map<Queue, AtomicLong> pending = new ConcurrentHashMap<>();
  private final Map<Queue, Long> bytes = new ConcurrentHashMap<>();

  public RemoteWriteMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void appended(String tenant, int samples) {
    registry.counter(WAL + "samples.appended", "tenant", tenant).increment(samples);
  }

  @Override
  public void sent(String tenant, String client, int samples) {
    registry.counter(SAMPLES, new Queue(tenant, client).tags()).increment(samples);
  }

  @Override
  public void retried(String tenant, String client, int samples) {
    registry.counter(SAMPLES + ".retried", new Queue(tenant, client).tags()).increment(samples);
  }

  @Override
  public void dropped(String tenant, String client, long samples, Reason reason) {
    Tags queue = new Queue(tenant, client).tags();
    switch (reason) {
      case REFUSED -> registry.counter(SAMPLES + ".failed", queue).increment(samples);
      case FULL, OLD, CORRUPT -> {
        String why = reason.name().toLowerCase(Locale.ROOT);
        registry.counter(SAMPLES + ".dropped", queue.and("reason", why)).increment(samples);
      }
    }
  }

  @Override
  public void waiting(String tenant, String client, long samples, long size) {
    Queue queue = new Queue(tenant, client);
    bytes.put(queue, size);
    pending.computeIfAbsent(queue, this::register).set(samples);
  }

  private AtomicLong register(Queue queue) {
    String tenant = queue.tenant();
    registry.gauge(WAL + "appender.ready", Tags.of("tenant", tenant), bytes, all -> 1);
    registry.gauge(
        WAL + "disk.size",
        Tags.of("tenant", tenant),
        bytes,
        all ->
            all.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant))
                .mapToLong(Map.Entry::getValue)
                .sum());
    return registry.gauge(SAMPLES + ".pending", queue.tags(), new AtomicLong());
  }
}
