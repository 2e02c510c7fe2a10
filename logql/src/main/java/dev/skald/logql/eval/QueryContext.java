package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;
import java.time.Instant;

/**
 * What a running query asks of the server around it. Calls come from the thread that evaluates the
 * query.
 */
public interface QueryContext {
  /** Points, comparisons or samples between two checkpoints: some milliseconds of work. */
  int WORK_A_CHECKPOINT = 1 << 15;

  /** The time that templates see as {@code now}: the same for the whole query. */
  Instant now();

  /** Returns a time that runs on while the query does, in nanoseconds since whenever. */
  default long nanos() {
    return 0;
  }

  /**
   * Called every few thousand rows.
   *
   * @throws dev.skald.logql.QueryException if the query is past its deadline or was cancelled
   */
  void checkpoint();

  /** Returns a count that calls {@link #checkpoint} after so much work with points or series. */
  default Stride work() {
    return new Stride(this::checkpoint, WORK_A_CHECKPOINT);
  }

  /**
   * Accounts for memory that the query is about to hold.
   *
   * @param bytes how much more; negative when it is let go
   * @throws dev.skald.logql.QueryException if the query may not hold so much
   */
  void reserve(long bytes);
}
