package dev.skald.server.status;

import dev.skald.querier.cache.ResultCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * What the cache of results is worth, under the names of Loki's caches (http-api.md §12). Safe for
 * use by any thread.
 */
public record ResultCacheMetrics(MeterRegistry registry) {
  private static final String NAME = "results";

  /** Has a cache asked for its figures whenever metrics are. */
  public void observe(ResultCache cache) {
    counter("loki.cache.fetched.keys", "name", cache, ResultCache::requested);
    counter("loki.cache.hits", "name", cache, ResultCache::found);
    counter("loki.embeddedcache.added.new", "cache", cache, ResultCache::stored);
    FunctionCounter.builder("loki.embeddedcache.evicted", cache, ResultCache::evicted)
        .tags("cache", NAME, "reason", "full")
        .register(registry);
    gauge("loki.embeddedcache.entries", cache, ResultCache::size);
    gauge("loki.embeddedcache.memory.bytes", cache, ResultCache::bytes);
  }

  private void counter(
      String name, String tag, ResultCache cache, ToDoubleFunction<ResultCache> value) {
    FunctionCounter.builder(name, cache, value).tag(tag, NAME).register(registry);
  }

  private void gauge(String name, ResultCache cache, ToDoubleFunction<ResultCache> value) {
    Gauge.builder(name, cache, value).tag("cache", NAME).register(registry);
  }
}
