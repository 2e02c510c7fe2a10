package dev.skald.server.status;

import dev.skald.storage.compact.CompactionListener;
import dev.skald.storage.compact.Merge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts merges of segments; the names that begin with {@code loki} are those that its alerts read
 * (http-api.md §12). Safe for use by any thread.
 */
public final class CompactionMetrics implements CompactionListener {
  private static final String OPERATION = "loki.boltdb.shipper.compact.tables.operation";

  private final MeterRegistry registry;
  private final Counter successes;
  private final Counter failures;
  private final Counter bytesIn;
  private final Counter bytesOut;
  private final Counter duplicates;
  private final AtomicLong lastSuccess = new AtomicLong();
  private final AtomicLong lastSeconds = new AtomicLong();

  public CompactionMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.successes = registry.counter(OPERATION, "status", "success");
    this.failures = registry.counter(OPERATION, "status", "failure");
    this.bytesIn = registry.counter("skald.compactor.bytes.read");
    this.bytesOut = registry.counter("skald.compactor.bytes.written");
    this.duplicates = registry.counter("skald.compactor.duplicates");
    registry.gauge(OPERATION + ".last.successful.run.timestamp.seconds", lastSuccess);
    registry.gauge(OPERATION + ".duration.seconds", lastSeconds);
    registry.gauge("loki.boltdb.shipper.compactor.running", 1);
  }

  @Override
  public void merged(Merge merge, long bytes, long dropped, Duration took) {
    successes.increment();
    bytesIn.increment(merge.bytes());
    bytesOut.increment(bytes);
    duplicates.increment(dropped);
    lastSeconds.set(took.toSeconds());
    Timer.builder("skald.compactor.merge")
        .tag("level", Integer.toString(merge.level()))
        .register(registry)
        .record(took);
  }

  @Override
  public void failed(Merge merge, Exception failure) {
    failures.increment();
  }

  @Override
  public void caughtUp(Instant now) {
    lastSuccess.set(now.getEpochSecond());
  }
}
