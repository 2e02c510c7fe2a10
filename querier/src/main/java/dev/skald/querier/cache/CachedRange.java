package dev.skald.querier.cache;

import dev.skald.logql.eval.EngineLimits;
import dev.skald.logql.eval.MatrixJoin;
import dev.skald.logql.eval.QueryContext;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.RangeParameters;

/**
 * Answers one metric query over a range of time from windows that the cache has, computes the rest,
 * and gives the cache the windows of it that are whole. For one thread, once.
 */
public final class CachedRange {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Each gap costs a look at what there is to read. */
  private static final int MOST_GAPS = 4;

  private final ResultCache cache;
  private final ResultKey key;
  private final RangeParameters range;
  private final StepResults results;
  private final StepWindows windows;
  private final long first;
  private final long last;

  /** The number of the first window that lies in the range. */
  private final long begin;

  /** By window: what its result follows from; null where it is not to be kept. */
  private final DataState[] states;

  /** By window: its result, where it is known. */
  private final CachedWindow[] found;

  private int requested;
  private int stored;
  private long bytesStored;

  /**
   * @param range a range of the query's step
   */
  public CachedRange(ResultCache cache, ResultKey key, RangeParameters range, StepResults results) {
    this.cache = cache;
    this.key = key;
    this.range = range;
    this.results = results;
    this.windows = StepWindows.of(key.step());
    this.first = range.firstStep();
    this.last = range.lastStep();
    this.begin = windows.firstFrom(first);
    int count = (int) Math.max(0, windows.firstBeyond(last) - begin);
    this.states = new DataState[count];
    this.found = new CachedWindow[count];
  }

  /**
   * Returns whether results with a step can be kept: their points are told apart by milliseconds.
   */
  public static boolean allows(long step) {
    return step % NANOS_PER_MILLI == 0;
  }

  /** Returns the result at all multiples of the step that enclose the range. */
  public Matrix result(QueryContext context, EngineLimits limits) {
    find();
    if (gaps() > MOST_GAPS) {
      keepLongestRun();
    }
    MatrixJoin join = null;
    long next = first;
    for (int i = 0; i < found.length; i++) {
      if (found[i] != null) {
        join = join == null ? new MatrixJoin(range, context, limits) : join;
        long windowFirst = windows.first(begin + i);
        if (next < windowFirst) {
          join.add(compute(next, windowFirst - key.step()));
        }
        join.add(found[i].result());
        next = windows.last(begin + i) + key.step();
      }
    }
    if (join == null) {
      return compute(first, last);
    }
    if (next <= last) {
      join.add(compute(next, last));
    }
    return join.build();
  }

  private void find() {
    if (found.length == 0) {
      return;
    }
    results.look();
    for (int i = 0; i < found.length; i++) {
      long window = begin + i;
      states[i] = results.state(windows.first(window), windows.last(window));
      if (states[i] != null) {
        requested++;
        found[i] = cache.find(key, window, states[i]);
      }
    }
  }

  /** Returns how many stretches of steps are not known. */
  private int gaps() {
    int gaps = 0;
    boolean known = true;
    for (int i = 0; i < found.length; i++) {
      gaps += known && found[i] == null ? 1 : 0;
      known = found[i] != null;
    }
    return gaps;
  }

  /** Forgets what was found but for the most windows in a row. */
  private void keepLongestRun() {
    int longest = 0;
    int end = 0;
    int run = 0;
    for (int i = 0; i < found.length; i++) {
      run = found[i] == null ? 0 : run + 1;
      if (run > longest) {
        longest = run;
        end = i + 1;
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (i < end - longest || i >= end) {
        found[i] = null;
      }
    }
  }

  private Matrix compute(long from, long to) {
    Matrix computed = results.compute(from, to);
    boolean whole = computed.warnings().isEmpty();
    if (requested > 0 && whole && CachedWindow.bytes(computed) <= cache.mostBytes()) {
      results.look();
      for (int i = 0; i < found.length; i++) {
        keep(i, computed, from, to);
      }
    }
    return computed;
  }

  /**
   * Keeps a window if it was computed, and from nothing else than what there was before and is
   * still: what changed meanwhile might be as it was again later, as if it never had.
   */
  private void keep(int index, Matrix computed, long from, long to) {
    long windowFirst = windows.first(begin + index);
    long windowLast = windows.last(begin + index);
    if (states[index] == null
        || windowFirst < from
        || windowLast > to
        || !states[index].equals(results.state(windowFirst, windowLast))) {
      return;
    }
    Matrix own = CachedWindow.cut(computed, millis(windowFirst), millis(windowLast));
    CachedWindow window = new CachedWindow(states[index], own);
    cache.put(key, begin + index, window);
    stored++;
    bytesStored += window.bytes();
  }

  private static long millis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /** Returns what the query had of the cache; after its result. */
  public CacheUse use() {
    int hits = 0;
    long bytesFound = 0;
    for (CachedWindow window : found) {
      if (window != null) {
        hits++;
        bytesFound += window.bytes();
      }
    }
    long served = hits * windows.steps() * key.step();
    return new CacheUse(1, requested, hits, stored, bytesFound, bytesStored, served);
  }
}
