package dev.skald.server.status;

import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.compact.RetentionListener;
import dev.skald.storage.deletes.DeleteRequests;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is removed; the names that begin with {@code loki} are Loki's (http-api.md §12). Safe
 * for use by any thread.
 */
public final class RetentionMetrics implements RetentionListener {
  private static final String OPERATION = "loki.compactor.apply.retention.operation";
  private static final String LAST_SUCCESS =
      "loki.compactor.apply.retention.last.successful.run.timestamp.seconds";
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;
  private final Counter successes;
  private final Counter failures;
  private final Counter segments;
  private final Counter bytes;
  private final Counter rewritten;
  private final AtomicLong lastSuccess = new AtomicLong();

  public RetentionMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.successes = registry.counter(OPERATION, "status", "success");
    this.failures = registry.counter(OPERATION, "status", "failure");
    this.segments = registry.counter("skald.retention.segments.removed");
    this.bytes = registry.counter("skald.retention.bytes.removed");
    this.rewritten = registry.counter("skald.retention.segments.rewritten");
    registry.gauge(LAST_SUCCESS, lastSuccess);
  }

  /** Reads the numbers of requests whenever metrics are asked for. */
  public void observe(DeleteRequests requests, InstantSource clock) {
    Gauge.builder(
            "loki.compactor.pending.delete.requests.count",
            requests,
            pending -> pending.pending().size())
        .register(registry);
    Gauge.builder(
            "loki.compactor.oldest.pending.delete.request.age.seconds",
            requests,
            pending -> oldest(pending, clock))
        .register(registry);
  }

  private static double oldest(DeleteRequests requests, InstantSource clock) {
    return requests.pending().stream().mapToLong(DeleteRequest::created).min().stream()
        .mapToDouble(created -> clock.millis() / 1e3 - created / NANOS)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void applied(Instant now) {
    successes.increment();
    lastSuccess.set(now.getEpochSecond());
  }

  @Override
  public void failed() {
    failures.increment();
  }

  @Override
  public void removed(int count, long removedBytes) {
    segments.increment(count);
    bytes.increment(removedBytes);
  }

  @Override
  public void rewritten() {
    rewritten.increment();
  }

  /** A tenant has asked for lines to be deleted. */
  public void received(String tenant) {
    registry.counter("loki.compactor.delete.requests.received", "user", tenant).increment();
  }

  @Override
  public void processed(String tenant) {
    registry.counter("loki.compactor.delete.requests.processed", "user", tenant).increment();
  }
}
