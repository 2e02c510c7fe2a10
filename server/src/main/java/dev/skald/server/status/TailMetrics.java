package dev.skald.server.status;

import dev.skald.querier.tail.Tails;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts live tails, under the names that Loki's dashboards read (http-api.md §12). */
public final class TailMetrics {
  private final MeterRegistry registry;

  public TailMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Reads the numbers of the tails whenever metrics are asked for. */
  public void observe(Tails tails) {
    Gauge.builder("loki.querier.tail.active", tails, Tails::active).register(registry);
    Gauge.builder("loki.querier.tail.active.streams", tails, Tails::activeStreams)
        .register(registry);
    Gauge.builder("skald.querier.tail.waiting.bytes", tails, Tails::waitingBytes)
        .register(registry);
    FunctionCounter.builder("loki.querier.tail.bytes", tails, Tails::takenBytes).register(registry);
  }
}
