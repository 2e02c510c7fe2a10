package dev.skald.ingester;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams that each tenant has in memory in all shards. Safe for use by any thread. */
final class ActiveStreams {
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  /**
   * Counts one more, unless that is too many.
   *
   * @param limit 0 for any number
   */
  boolean tryAdd(String tenant, int limit) {
    AtomicInteger count = counts.computeIfAbsent(tenant, name -> new AtomicInteger());
    int most = limit == 0 ? Integer.MAX_VALUE : limit;
    int before = count.getAndUpdate(streams -> streams < most ? streams + 1 : streams);
    return before < most;
  }

  void removed(String tenant, int streams) {
    if (streams > 0) {
      counts.get(tenant).addAndGet(-streams);
    }
  }

  /** Returns the number of streams of each tenant that has any. */
  Map<String, Integer> byTenant() {
    Map<String, Integer> all = new TreeMap<>();
    counts.forEach(
        (tenant, count) -> {
          int streams = count.get();
          if (streams > 0) {
            all.put(tenant, streams);
          }
        });
    return all;
  }
}
