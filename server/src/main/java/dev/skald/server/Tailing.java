package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.SkaldConfig;
import dev.skald.ingester.RecordFeed;
import dev.skald.querier.tail.Tails;
import dev.skald.server.status.TailMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes what live tails need. */
final class Tailing {
  /** What waits for tails may take this part of the heap. */
  private static final int HEAP_PARTS = 16;

  private static final int THREADS = 2;

  private final SkaldConfig config;
  private final InstantSource clock;
  private final Lifecycle lifecycle;

  Tailing(SkaldConfig config, InstantSource clock, Lifecycle lifecycle) {
    this.config = config;
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  Tails start(RecordFeed feed, Overrides overrides, MeterRegistry registry) {
    Tails tails =
        new Tails(
            feed,
            overrides,
            config.querier().tailMaxDuration(),
            new Tails.Environment(
                clock, System::nanoTime, workers(), Runtime.getRuntime().maxMemory() / HEAP_PARTS));
    new TailMetrics(registry).observe(tails);
    return tails;
  }

  /** Threads that are there only while somebody tails. */
  private ThreadPoolExecutor workers() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Threads.daemons("tail"));
    workers.allowCoreThreadTimeOut(true);
    lifecycle.onStop(workers::shutdownNow);
    return workers;
  }
}
