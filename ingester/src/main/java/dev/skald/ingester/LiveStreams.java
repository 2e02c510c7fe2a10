package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The streams that a shard remembers, by tenant and labels. For the shard's thread only. */
final class LiveStreams implements StreamLookup {
  private final ActiveStreams active;
  private final Map<String, LiveStreamTable> tenants = new HashMap<>();
  private final SealedMemory memory;

  /**
   * @param rememberedRows how many rows of sealed heads are remembered, to know those sent again: 8
   *     bytes each
   */
  LiveStreams(ActiveStreams active, long rememberedRows) {
    this.active = active;
    this.memory = new SealedMemory(rememberedRows);
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

  /** Remembers the rows that some of these streams had in a head that takes no more. */
  void remember(List<SealedRows> past) {
    memory.add(past);
  }

  /** Forgets the rows of heads that were sealed more than so long ago. */
  void forgetSealed(long nowNanos, long forNanos) {
    memory.forget(nowNanos, forNanos);
    forEach(LiveStream::dropForgotten);
  }

  /** Forgets the streams that nothing was written to for so long, and tenants without any. */
  void forgetIdle(long nowNanos, long forNanos) {
    tenants.forEach(
        (tenant, table) ->
            active.removed(tenant, table.removeIf(s -> s.isIdle(nowNanos, forNanos))));
    tenants.values().removeIf(table -> table.size() == 0);
  }
}
