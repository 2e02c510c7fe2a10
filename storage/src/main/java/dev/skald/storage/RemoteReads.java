package dev.skald.storage;

import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.PageCache;
import dev.skald.storage.object.PageCacheListener;
import dev.skald.storage.object.RemoteRanges;
import dev.skald.storage.segment.ReadPath;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How segments are read from a store that is far away: ahead, in few large gets, through a cache on
 * the local disk.
 *
 * @param executor reads; a thread a task, as tasks wait for the store
 * @param aheadBytes how much all queries together may have read ahead; must be positive
 * @param cache of what was read; whoever opened it closes it
 */
public record RemoteReads(
    Executor executor, long aheadBytes, PageCache cache, PageCacheListener listener) {
  /** Beyond this one query gets no faster: two reads of the greatest length at the same time. */
  private static final long MOST_OF_A_QUERY = 16 << 20;

  public RemoteReads {
    Objects.requireNonNull(executor, "executor is null");
    Objects.requireNonNull(cache, "cache is null");
    Objects.requireNonNull(listener, "listener is null");
    if (aheadBytes <= 0) {
      throw new IllegalArgumentException("not positive: " + aheadBytes + " bytes to read ahead");
    }
  }

  ReadPath of(ObjectStore store) {
    return new ReadPath(
        new RemoteRanges(store, cache, listener),
        executor,
        new ByteBudget(aheadBytes),
        Math.min(aheadBytes, MOST_OF_A_QUERY));
  }
}
