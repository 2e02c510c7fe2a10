package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The streams that a shard remembers, by tenant and labels. For the shard's thread only. */
final class LiveStreams implements StreamLookup {
  private final ActiveStreams active;
  private final Map<String, LiveStreamTable> tenants = new HashMap<>();

  LiveStreams(ActiveStreams active) {
    this.active = active;
  }

  @Override
  public LiveStream find(String tenant, Slice labels, long hash) {
    LiveStreamTable table = tenants.get(tenant);
    return table == null ? null : table.find(labels, hash);
  }

  /**
   * Returns a stream, which is added if it is not known.
   *
   * @param limit how many active streams the tenant may have, 0 for any number
   * @return null if the stream is new and the limit is reached
   * @throws IllegalArgumentException if the labels are no canonical text
   */
  LiveStream findOrAdd(String tenant, Slice labels, long hash, int limit) {
    LiveStreamTable table = tenants.computeIfAbsent(tenant, name -> new LiveStreamTable());
    LiveStream known = table.find(labels, hash);
    if (known != null) {
      return known;
    }
    LiveStream added = new LiveStream(labels, hash);
    if (!active.tryAdd(tenant, limit)) {
      return null;
    }
    table.add(added);
    return added;
  }

  void forEach(Consumer<LiveStream> consumer) {
    tenants.values().forEach(table -> table.forEach(consumer));
  }

  /** Forgets the streams that nothing was written to since a time, and tenants without any. */
  void forgetIdle(long sinceNanos) {
    tenants.forEach(
        (tenant, table) -> active.removed(tenant, table.removeIf(s -> s.idleSince(sinceNanos))));
    tenants.values().removeIf(table -> table.size() == 0);
  }
}
