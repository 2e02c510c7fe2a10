package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.QuerierConfig;
import dev.skald.ingester.RecentHeads;
import dev.skald.querier.Querier;
import dev.skald.server.status.BlockedQueryMetrics;
import dev.skald.server.status.ResultCacheMetrics;
import dev.skald.storage.Storage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sets up what answers queries: threads, and how much of the heap they may take. */
record QuerySetup(
    QuerierConfig config, InstantSource clock, Lifecycle lifecycle, MeterRegistry registry) {
  /** All queries with their answers may hold this part of the heap. */
  private static final int HEAP_PARTS = 4;

  /** A query may hold this part of the heap where its tenant has no limit of its own. */
  private static final int HEAP_PARTS_EACH = 6;

  /** Results that are kept take at most this part of the heap. */
  private static final int CACHE_PARTS = 16;

  Querier start(RecentHeads recent, Storage storage, Overrides overrides) {
    ExecutorService workers = Executors.newCachedThreadPool(Threads.daemons("query"));
    lifecycle.onStop(workers::shutdownNow);
    Querier querier =
        new Querier(
            recent,
            storage,
            overrides,
            new Querier.Environment(
                workers, clock, System::nanoTime, capacity(), new BlockedQueryMetrics(registry)));
    Gauge.builder("loki.query.scheduler.queue.length", querier, Querier::waiting)
        .description("Queries that wait for their turn.")
        .register(registry);
    Gauge.builder("loki.query.scheduler.running", querier, Querier::running)
        .description("Queries that have a slot.")
        .register(registry);
    Gauge.builder("skald.query.memory.bytes", querier, Querier::memoryHeld)
        .description("Memory that queries and their answers hold.")
        .register(registry);
    new ResultCacheMetrics(registry).observe(querier.cache());
    return querier;
  }

  private Querier.Capacity capacity() {
    long heap = Runtime.getRuntime().maxMemory();
    long memory = config.memoryLimit() > 0 ? config.memoryLimit() : heap / HEAP_PARTS;
    return new Querier.Capacity(
        config.maxConcurrent(),
        config.maxOutstandingPerTenant(),
        memory,
        Math.min(memory, heap / HEAP_PARTS_EACH),
        config.cacheResults() ? Math.min(config.resultCacheBytes(), heap / CACHE_PARTS) : 0);
  }
}
