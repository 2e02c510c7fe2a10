package dev.skald.server.query;

import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.querier.RangeQuery;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a client wants to follow.
 *
 * @param text of the query
 * @param delay how old an entry is when it is sent
 * @param start of what was stored before and is wanted, in unix nanoseconds
 * @param limit how many of the newest of that are wanted
 * @param source what {@code X-Query-Tags} says of where the request comes from
 */
record TailRequest(
    String tenant,
    LogExpr query,
    String text,
    Duration delay,
    long start,
    int limit,
    String source) {

  /** Lines of senders whose clocks are ahead were stored before, too. */
  private static final long AHEAD_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final long STEP = TimeUnit.SECONDS.toNanos(1);

  /** Returns the query for what was stored before now, in unix nanoseconds. */
  RangeQuery history(long now) {
    long end = Math.max(start, now + AHEAD_NANOS);
    return new RangeQuery(
        text, new RangeParameters(start, end, STEP, limit, Direction.BACKWARD, 0), source);
  }
}
