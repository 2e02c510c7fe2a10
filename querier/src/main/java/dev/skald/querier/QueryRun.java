package dev.skald.querier;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.QueryContext;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * One running query: its deadline, its memory account, and whether anybody still waits for it. The
 * query's thread calls it; any thread may cancel.
 */
final class QueryRun implements QueryContext {
  private static final long NO_DEADLINE = Long.MAX_VALUE;
  private static final String TIMED_OUT =
      "request timed out, decrease the duration of the request or add more label matchers (prefer"
          + " exact match over regex match) to reduce the amount of data processed";

  private final Instant now;
  private final LongSupplier nanoTime;
  private final long start;
  private final long timeoutNanos;
  private final long maxBytes;
  private long bytes;
  private volatile boolean cancelled;

  /**
   * @param now when the query came in
   * @param nanoTime a clock such as {@link System#nanoTime}
   * @param timeoutNanos 0 for none
   * @param maxBytes how much the query may hold
   */
  QueryRun(Instant now, LongSupplier nanoTime, long timeoutNanos, long maxBytes) {
    this.now = now;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.timeoutNanos = timeoutNanos == 0 ? NO_DEADLINE : timeoutNanos;
    this.maxBytes = maxBytes;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void checkpoint() {
    if (cancelled) {
      throw new QueryException(
          QueryException.Kind.CANCELLED, "the request was cancelled by the client");
    }
    if (nanoTime.getAsLong() - start > timeoutNanos) {
      throw new QueryException(QueryException.Kind.TIMEOUT, TIMED_OUT);
    }
  }

  @Override
  public void reserve(long more) {
    bytes += more;
    if (bytes > maxBytes) {
      throw QueryException.badRequest(
          "the query needs more than "
              + (maxBytes >> 20)
              + " MiB of memory; narrow its selector or its time range, or aggregate over fewer"
              + " labels");
    }
  }

  void cancel() {
    cancelled = true;
  }

  long elapsedNanos() {
    return nanoTime.getAsLong() - start;
  }
}
