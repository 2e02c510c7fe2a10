package dev.skald.querier.tail;

import dev.skald.config.Overrides;
import dev.skald.ingester.RecordFeed;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Printer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The live tails of all tenants (http-api.md §8). Tails of one tenant whose queries read alike
 * share the work. Where nobody tails, storing costs nothing more. Safe for use by any thread.
 */
public final class Tails implements AutoCloseable {
  private static final String STOPPING = "all ingesters closed the connection";

  /** A query of a tenant. */
  private record Key(String tenant, String query) {}

  /**
   * What tails work with.
   *
   * @param workers pass records through pipelines
   * @param maxBytes how much may wait for all tails together
   */
  public record Environment(
      InstantSource clock, LongSupplier nanoTime, Executor workers, long maxBytes) {}

  /** What all queries share. */
  record Work(TailMemory memory, Executor workers) {}

  private final RecordFeed feed;
  private final Overrides overrides;
  private final Duration longest;
  private final Environment environment;
  private final TailMemory memory;
  private final LongAdder bytes = new LongAdder();
  private final Map<Key, TailedQuery> queries = new HashMap<>();
  private final Map<String, Integer> open = new HashMap<>();
  private boolean stopped;

  /**
   * @param longest how long a tail may live
   */
  public Tails(RecordFeed feed, Overrides overrides, Duration longest, Environment environment) {
    this.feed = feed;
    this.overrides = overrides;
    this.longest = longest;
    this.environment = environment;
    this.memory = new TailMemory(environment.maxBytes);
  }

  /**
   * Begins to follow: what is stored from now on comes. What was stored before, the caller reads.
   *
   * @param delay how old an entry must be to be taken
   * @throws QueryException if the tenant has too many tails, or a stage is malformed
   */
  public synchronized Tail open(String tenant, LogExpr query, Duration delay) {
    if (stopped) {
      throw new QueryException(QueryException.Kind.UNAVAILABLE, STOPPING);
    }
    int most = overrides.limits(tenant).cost().maxTails();
    int count = open.getOrDefault(tenant, 0) + 1;
    if (count > most) {
      throw QueryException.badRequest(
          "max concurrent tail requests limit exceeded, count > limit (%d > %d)"
              .formatted(count, most));
    }
    Key key = new Key(tenant, Printer.print(query));
    TailedQuery tailed = queries.get(key);
    if (tailed == null) {
      tailed =
          new TailedQuery(
              tenant, query, environment.clock.instant(), new Work(memory, environment.workers));
      queries.put(key, tailed);
      feed.follow(tenant, tailed);
    }
    Tail tail = new Tail(this, tailed, delay.toNanos(), longest.toNanos());
    tailed.add(tail);
    open.put(tenant, count);
    return tail;
  }

  synchronized void closed(Tail tail) {
    TailedQuery query = tail.query();
    open.merge(query.tenant(), -1, Tails::sumOrNone);
    if (query.remove(tail)) {
      feed.leave(query.tenant(), query);
      queries.values().remove(query);
      query.close();
    }
  }

  private static Integer sumOrNone(int a, int b) {
    return a + b == 0 ? null : (Integer) (a + b);
  }

  /** Returns how many tails there are. */
  public synchronized int active() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns how many streams they have got entries of, each tail counted for itself. */
  public synchronized int activeStreams() {
    return queries.values().stream()
        .mapToInt(query -> query.streams() * query.tails().size())
        .sum();
  }

  /** Returns how many bytes of lines have been taken. */
  public long takenBytes() {
    return bytes.sum();
  }

  /** Returns how many bytes wait for tails. */
  public long waitingBytes() {
    return memory.taken();
  }

  /** Ends all tails; no more are opened. */
  @Override
  public void close() {
    List<TailedQuery> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(queries.values());
    }
    all.forEach(query -> query.tails().forEach(tail -> tail.end(STOPPING)));
  }

  TailMemory memory() {
    return memory;
  }

  void taken(long more) {
    bytes.add(more);
  }

  long nanoTime() {
    return environment.nanoTime.getAsLong();
  }

  /** Returns the time in unix nanoseconds. */
  public long nowNanos() {
    Instant now = environment.clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
