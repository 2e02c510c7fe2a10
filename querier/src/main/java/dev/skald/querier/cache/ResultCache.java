package dev.skald.querier.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.LongAdder;

/**
 * Windows of results, as many as there is memory for; which of them are worth keeping follows from
 * how often they are asked for. A window is found only under the state of the data that it was
 * computed from. Safe for use by any thread.
 */
public final class ResultCache {
  /** One result may take this part of the memory. */
  private static final int PARTS = 8;

  /** Weights are counted in units of so many bytes, for they are ints. */
  private static final int UNIT = 64;

  private final long capacity;
  private final Cache<Place, CachedWindow> windows;
  private final LongAdder requested = new LongAdder();
  private final LongAdder found = new LongAdder();
  private final LongAdder stored = new LongAdder();

  private record Place(ResultKey query, long window) {}

  /**
   * @param capacity memory in bytes; 0 to keep nothing
   */
  public ResultCache(long capacity) {
    this.capacity = capacity;
    this.windows =
        Caffeine.newBuilder()
            .maximumWeight(capacity / UNIT)
            .weigher((Place place, CachedWindow window) -> weight(window))
            .executor(Runnable::run)
            .recordStats()
            .build();
  }

  private static int weight(CachedWindow window) {
    return (int) Math.min(Integer.MAX_VALUE, window.bytes() / UNIT);
  }

  /** Returns whether it can keep anything. */
  public boolean enabled() {
    return capacity > 0;
  }

  /** Returns the result of a window, or null if none is known that is true of a state. */
  CachedWindow find(ResultKey query, long window, DataState state) {
    requested.increment();
    CachedWindow known = windows.getIfPresent(new Place(query, window));
    if (known == null || !known.state().equals(state)) {
      return null;
    }
    found.increment();
    return known;
  }

  void put(ResultKey query, long window, CachedWindow result) {
    stored.increment();
    windows.put(new Place(query, window), result);
  }

  /** Returns how much one result may take. */
  long mostBytes() {
    return capacity / PARTS;
  }

  /** Returns how many windows were looked for so far. */
  public long requested() {
    return requested.sum();
  }

  /** Returns how many windows were found and still true. */
  public long found() {
    return found.sum();
  }

  /** Returns how many windows were added. */
  public long stored() {
    return stored.sum();
  }

  /** Returns how many windows made room for others. */
  public long evicted() {
    return windows.stats().evictionCount();
  }

  /** Returns how many windows there are. */
  public long size() {
    return windows.estimatedSize();
  }

  /** Returns about how many bytes of memory they take. */
  public long bytes() {
    return windows.policy().eviction().orElseThrow().weightedSize().orElse(0) * UNIT;
  }
}
