package dev.skald.ingester;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the streams that each tenant has in memory in all shards. Safe for use by any thread. */
final class ActiveStreams {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final IngesterListener listener;

  ActiveStreams(IngesterListener listener) {
    this.listener = listener;
  }

  /**
   * Counts one more, unless that is too many.
   *
   * @param limit 0 for any number
   */
  boolean tryAdd(String tenant, int limit) {
    int most = limit == 0 ? Integer.MAX_VALUE : limit;
    boolean[] added = new boolean[1];
    counts.compute(
        tenant,
        (name, before) -> {
          int streams = before == null ? 0 : before;
          added[0] = streams < most;
          int now = added[0] ? streams + 1 : streams;
          return now == 0 ? null : Integer.valueOf(now);
        });
    if (added[0]) {
      listener.created(tenant);
    }
    return added[0];
  }

  void removed(String tenant, int streams) {
    if (streams > 0) {
      counts.computeIfPresent(
          tenant, (name, before) -> before > streams ? Integer.valueOf(before - streams) : null);
      listener.removed(tenant, streams);
    }
  }

  /** Returns the number of streams of each tenant that has any. */
  Map<String, Integer> byTenant() {
    return new TreeMap<>(counts);
  }
}
