package dev.skald.server.status;

import dev.skald.config.load.TenantOverrides;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/**
 * Tells which limits of tenants are in force (config-and-clients.md §1.9). Safe for use by any
 * thread.
 */
public final class RuntimeConfigMetrics {
  private final TenantOverrides overrides;
  private final MultiGauge hash;

  public RuntimeConfigMetrics(MeterRegistry registry, TenantOverrides overrides) {
    this.overrides = overrides;
    this.hash = MultiGauge.builder("loki.runtime.config.hash").register(registry);
    Gauge.builder(
            "loki.runtime.config.last.reload.successful",
            overrides,
            limits -> limits.status().successful() ? 1 : 0)
        .register(registry);
  }

  /** Takes over which files are in force; to be called before a scrape. */
  public void refresh() {
    String sha256 = overrides.status().sha256();
    hash.register(
        sha256.isEmpty() ? List.of() : List.of(MultiGauge.Row.of(Tags.of("sha256", sha256), 1)),
        true);
  }
}
