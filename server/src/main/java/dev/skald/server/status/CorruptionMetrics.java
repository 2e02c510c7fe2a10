package dev.skald.server.status;

import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the bad places that were found in the store. Safe for use by any thread. */
public final class CorruptionMetrics implements CorruptionListener {
  private final Counter corruptions;

  public CorruptionMetrics(MeterRegistry registry) {
    this.corruptions = registry.counter("skald.storage.corruptions");
  }

  @Override
  public void corrupt(CorruptDataException what) {
    corruptions.increment();
  }
}
