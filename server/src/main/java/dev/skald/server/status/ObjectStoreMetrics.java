package dev.skald.server.status;

import dev.skald.storage.object.ObjectStoreListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts what the object store is asked, under the name that Loki's dashboards read
 * (config-and-clients.md §3.8) and under names of Skald's own. Safe for use by any thread.
 */
public final class ObjectStoreMetrics implements ObjectStoreListener {
  private final Map<Operation, Timer> durations = new EnumMap<>(Operation.class);
  private final Map<Operation, Map<Outcome, Counter>> outcomes = new EnumMap<>(Operation.class);
  private final Map<Operation, Counter> operations = new EnumMap<>(Operation.class);
  private final Map<Operation, Counter> failures = new EnumMap<>(Operation.class);
  private final Map<Operation, Counter> requests = new EnumMap<>(Operation.class);
  private final Map<Operation, Counter> retries = new EnumMap<>(Operation.class);
  private final Counter read;
  private final Counter written;

  public ObjectStoreMetrics(MeterRegistry registry) {
    this.read = registry.counter("skald.objstore.read.bytes");
    this.written = registry.counter("skald.objstore.written.bytes");
    for (Operation operation : Operation.values()) {
      String label = operation.label();
      durations.put(operation, timer(registry, label));
      operations.put(
          operation, registry.counter("loki.objstore.bucket.operations", "operation", label));
      failures.put(
          operation,
          registry.counter("loki.objstore.bucket.operation.failures", "operation", label));
      Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        counters.put(
            outcome,
            registry.counter(
                "skald.objstore.operations", "operation", label, "outcome", outcome.label()));
      }
      outcomes.put(operation, counters);
      requests.put(operation, registry.counter("skald.objstore.requests", "operation", label));
      retries.put(operation, registry.counter("skald.objstore.retries", "operation", label));
    }
  }

  private static Timer timer(MeterRegistry registry, String operation) {
    return Timer.builder("loki.objstore.bucket.operation.duration")
        .tag("operation", operation)
        .serviceLevelObjectives(Buckets.times())
        .register(registry);
  }

  @Override
  public void finished(Operation operation, Outcome outcome, long nanos, long bytes) {
    durations.get(operation).record(nanos, TimeUnit.NANOSECONDS);
    operations.get(operation).increment();
    if (outcome == Outcome.FAILED) {
      failures.get(operation).increment();
    }
    outcomes.get(operation).get(outcome).increment();
    switch (operation) {
      case GET -> read.increment(bytes);
      case PUT, PUT_IF_ABSENT -> written.increment(bytes);
      case LIST, DELETE, SIZE -> {}
    }
  }

  @Override
  public void requested(Operation operation, boolean retry) {
    requests.get(operation).increment();
    if (retry) {
      retries.get(operation).increment();
    }
  }
}
