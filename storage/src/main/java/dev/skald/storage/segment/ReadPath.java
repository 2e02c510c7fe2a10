package dev.skald.storage.segment;

import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.LocalRanges;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.PausingRanges;
import dev.skald.storage.object.RangeReader;
import java.util.concurrent.Executor;

/**
 * By what way segments are read.
 *
 * @param executor reads what is read ahead or at the same time; a thread a task, as tasks wait
 * @param budget what all queries together may have read ahead
 * @param aheadBytes what one query may have read ahead; 0 to read nothing before it is asked for
 */
public record ReadPath(RangeReader ranges, Executor executor, ByteBudget budget, long aheadBytes) {

  /** Returns the way to a store that is so near that one read after the other is best. */
  public static ReadPath local(ObjectStore store) {
    return new ReadPath(new LocalRanges(store), Runnable::run, new ByteBudget(0), 0);
  }

  /** Returns what reads for a caller that may stop waiting; a near store is not waited for. */
  RangeReader pausing(Runnable pause) {
    return readsAhead() ? new PausingRanges(ranges, executor, pause) : ranges;
  }

  public boolean readsAhead() {
    return aheadBytes > 0;
  }
}
