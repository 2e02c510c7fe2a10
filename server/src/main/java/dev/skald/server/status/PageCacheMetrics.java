package dev.skald.server.status;

import dev.skald.storage.object.PageCache;
import dev.skald.storage.object.PageCacheListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what the local cache of a remote store serves. Safe for use by any thread. */
public final class PageCacheMetrics implements PageCacheListener {
  private final Counter hits;
  private final Counter misses;
  private final Counter hitBytes;
  private final Counter missBytes;

  /**
   * @param cache is asked for its size whenever metrics are
   */
  public PageCacheMetrics(MeterRegistry registry, PageCache cache) {
    hits = registry.counter("skald.page.cache.hits");
    misses = registry.counter("skald.page.cache.misses");
    hitBytes = registry.counter("skald.page.cache.hit.bytes");
    missBytes = registry.counter("skald.page.cache.miss.bytes");
    Gauge.builder("skald.page.cache.bytes", cache, PageCache::bytes).register(registry);
  }

  @Override
  public void hit(long bytes) {
    hits.increment();
    hitBytes.increment(bytes);
  }

  @Override
  public void miss(long bytes) {
    misses.increment();
    missBytes.increment(bytes);
  }
}
