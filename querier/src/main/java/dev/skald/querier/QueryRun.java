package dev.skald.querier;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryContext;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One running query: its deadline, its memory account, its turn, and whether anybody still waits
 * for it. The query's thread calls it; any thread may cancel and extend.
 */
final class QueryRun implements QueryContext {
  static final String TIMED_OUT =
      "request timed out, decrease the duration of the request or add more label matchers (prefer"
          + " exact match over regex match) to reduce the amount of data processed";

  private static final double MIB = 1 << 20;

  private final Instant now;
  private final LongSupplier nanoTime;
  private final long start;
  private final QueryMemory memory;
  private final QueryMemory.Account account;
  private final long maxBytes;
  private long bytes;
  private EvalStats progress = new EvalStats();
  private volatile QueryQueue.Turn turn;
  private volatile boolean bounded;
  private volatile long deadline;
  private volatile boolean cancelled;

  /**
   * @param now when the query came in
   * @param nanoTime a clock such as {@link System#nanoTime}
   * @param memory of all queries
   * @param maxBytes how much of it the query may hold
   */
  QueryRun(Instant now, LongSupplier nanoTime, QueryMemory memory, long maxBytes) {
    this.now = now;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.memory = memory;
    this.account = memory.open();
    this.maxBytes = maxBytes;
  }

  @Override
  public long nanos() {
    return nanoTime.getAsLong();
  }

  @Override
  public Instant now() {
    return now;
  }

  /**
   * Gives the query at least so much time from now on; it has any time until this is called.
   *
   * @param nanos 0 for any time
   */
  void allow(long nanos) {
    long end = nanoTime.getAsLong() + nanos;
    boolean first = !bounded && deadline == 0;
    bounded = nanos > 0 && (first || bounded);
    deadline = first || end - deadline > 0 ? end : deadline;
  }

  /** Says in whose line the query stands, so that it lets others pass. */
  void take(QueryQueue.Turn ownTurn) {
    turn = ownTurn;
  }

  /** Says where to see how far the query has come. */
  void watch(EvalStats stats) {
    progress = stats;
  }

  @Override
  public void checkpoint() {
    check();
    QueryQueue.Turn own = turn;
    if (own != null) {
      try {
        own.letOthersPass(this::check);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  private void check() {
    if (cancelled) {
      throw cancellation();
    }
    if (account.givesWay()) {
      throw givenWay();
    }
    if (bounded && nanoTime.getAsLong() - deadline > 0) {
      throw new QueryException(QueryException.Kind.TIMEOUT, TIMED_OUT);
    }
  }

  static QueryException cancellation() {
    return new QueryException(
        QueryException.Kind.CANCELLED, "the request was cancelled by the client");
  }

  private static QueryException interrupted() {
    Thread.currentThread().interrupt();
    return new QueryException(QueryException.Kind.UNAVAILABLE, "the server is stopping");
  }

  @Override
  public void reserve(long more) {
    bytes += more;
    if (bytes > maxBytes && more > 0) {
      throw QueryException.badRequest(
          "the query needs more than %s of memory (max_query_memory): %s; %s"
              .formatted(size(maxBytes), progress(), narrower()));
    }
    try {
      if (!account.hold(bytes, this::check)) {
        throw givenWay();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private QueryException givenWay() {
    return new QueryException(
        QueryException.Kind.OVERLOADED,
        "all queries together need more than %s of memory, of which this one held the most: %s; %s"
            .formatted(size(memory.total()), progress(), narrower() + ", or run fewer at a time"));
  }

  private String progress() {
    return "it held %s after %d of %d blocks with %d lines"
        .formatted(size(bytes), progress.blocks(), progress.blocksSelected(), progress.rows());
  }

  private static String narrower() {
    return "narrow its selector or its time range, aggregate over fewer labels, or ask for fewer"
        + " lines";
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }

  void cancel() {
    cancelled = true;
  }

  /** Returns the account, which is to be closed once nothing of the query is in memory. */
  QueryMemory.Account account() {
    return account;
  }

  long elapsedNanos() {
    return nanoTime.getAsLong() - start;
  }

  /** Returns how long the query has waited for its turn. */
  long queuedNanos() {
    QueryQueue.Turn own = turn;
    return own == null ? 0 : own.waitedNanos();
  }
}
