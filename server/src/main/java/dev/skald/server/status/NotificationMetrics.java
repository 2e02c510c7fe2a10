package dev.skald.server.status;

import dev.skald.ruler.notify.NotifyListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how alerts are sent, under Loki's names (config-and-clients.md §2.10). Safe for use by any
 * thread.
 */
public final class NotificationMetrics implements NotifyListener {
  private static final String NAME = "loki.prometheus.notifications.";

  private final MeterRegistry registry;

  /** An object of its own, for gauges do not keep theirs alive. */
  private final AtomicInteger capacity;

  private final AtomicInteger discovered = new AtomicInteger();
  private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();

  /**
   * @param capacity the most alerts of a tenant that may wait
   */
  public NotificationMetrics(MeterRegistry registry, int capacity) {
    this.registry = registry;
    this.capacity = new AtomicInteger(capacity);
  }

  @Override
  public void sent(String tenant, String alertmanager, int alerts, Duration took) {
    registry.counter(NAME + "sent", "user", tenant, "alertmanager", alertmanager).increment(alerts);
    registry.timer(NAME + "latency", "user", tenant, "alertmanager", alertmanager).record(took);
  }

  @Override
  public void failed(String tenant, String alertmanager) {
    registry.counter(NAME + "errors", "user", tenant, "alertmanager", alertmanager).increment();
  }

  @Override
  public void dropped(String tenant, int alerts) {
    registry.counter(NAME + "dropped", "user", tenant).increment(alerts);
  }

  @Override
  public void waiting(String tenant, int alerts) {
    waiting.computeIfAbsent(tenant, this::register).set(alerts);
  }

  /** What every tenant has from the beginning. */
  private AtomicInteger register(String tenant) {
    Tags user = Tags.of("user", tenant);
    registry.counter(NAME + "dropped", user);
    registry.gauge(NAME + "queue.capacity", user, capacity);
    registry.gauge(NAME + "alertmanagers.discovered", user, discovered);
    return registry.gauge(NAME + "queue.length", user, new AtomicInteger());
  }

  @Override
  public void discovered(int alertmanagers) {
    discovered.set(alertmanagers);
  }
}
