package dev.skald.server;

import dev.skald.config.load.TenantOverrides;
import dev.skald.server.status.CorruptionMetrics;
import dev.skald.server.status.IngesterMetrics;
import dev.skald.server.status.LogMetrics;
import dev.skald.server.status.MetricsPage;
import dev.skald.server.status.ProcessMetrics;
import dev.skald.server.status.PushMetrics;
import dev.skald.server.status.QueryMetrics;
import dev.skald.server.status.RequestMetrics;
import dev.skald.server.status.RuntimeConfigMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;

/** What the process counts, and the page that shows it. Safe for use by any thread. */
final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RequestMetrics requests = new RequestMetrics(registry);
  private final PushMetrics pushes = new PushMetrics(registry);
  private final QueryMetrics queries = new QueryMetrics(registry);
  private final IngesterMetrics ingesters = new IngesterMetrics(registry);
  private final CorruptionMetrics corruptions = new CorruptionMetrics(registry);
  private final RuntimeConfigMetrics limits;
  private final MetricsPage page =
      new MetricsPage(this::refresh, type -> IngesterMetrics.renamed(registry.scrape(type)));
  private final boolean shown;

  /**
   * @param shown whether there is a page
   */
  Metrics(TenantOverrides overrides, boolean shown, Lifecycle lifecycle) {
    this.limits = new RuntimeConfigMetrics(registry, overrides);
    this.shown = shown;
    lifecycle.onStop(registry::close);
    ProcessMetrics.register(registry);
    lifecycle.onStop(LogMetrics.count(registry)::run);
  }

  /** Counts what has no part of its own here. */
  MeterRegistry registry() {
    return registry;
  }

  RequestMetrics requests() {
    return requests;
  }

  PushMetrics pushes() {
    return pushes;
  }

  QueryMetrics queries() {
    return queries;
  }

  IngesterMetrics ingesters() {
    return ingesters;
  }

  CorruptionMetrics corruptions() {
    return corruptions;
  }

  /**
   * Returns the page in the format that a client asks for, unless it is switched off.
   *
   * @param type what the client accepts
   */
  Optional<String> scrape(String type) {
    return shown ? Optional.of(page.text(type)) : Optional.empty();
  }

  private void refresh() {
    ingesters.refresh();
    limits.refresh();
  }
}
