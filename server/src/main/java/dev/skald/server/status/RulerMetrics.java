package dev.skald.server.status;

import dev.skald.ruler.rules.RulesListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how rules are read, under Loki's names (config-and-clients.md §2.10). Safe for use by any
 * thread.
 */
public final class RulerMetrics implements RulesListener {
  private record Reload(AtomicLong successful, AtomicLong lastSuccess) {}

  private final MeterRegistry registry;
  private final Counter failures;
  private final Map<String, Reload> reloads = new ConcurrentHashMap<>();

  public RulerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.failures = registry.counter("skald.ruler.rules.list.failures");
  }

  /**
   * The rules are about to be read.
   *
   * @param reason {@code initial} or {@code periodic}
   */
  public void synced(String reason) {
    registry.counter("loki.ruler.sync.rules", "reason", reason).increment();
  }

  @Override
  public void read(String tenant, boolean sound, Instant now) {
    Reload reload = reloads.computeIfAbsent(tenant, this::reload);
    reload.successful.set(sound ? 1 : 0);
    if (sound) {
      reload.lastSuccess.set(now.getEpochSecond());
    } else {
      registry.counter("skald.ruler.rules.bad.reads", "user", tenant).increment();
    }
  }

  private Reload reload(String tenant) {
    Tags tags = Tags.of("user", tenant);
    String name = "loki.ruler.config.last.reload.successful";
    return new Reload(
        registry.gauge(name, tags, new AtomicLong()),
        registry.gauge(name + ".seconds", tags, new AtomicLong()));
  }

  @Override
  public void changed(String tenant) {
    registry.counter("loki.ruler.config.updates", "user", tenant).increment();
  }

  @Override
  public void failed() {
    failures.increment();
  }
}
