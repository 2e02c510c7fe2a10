package dev.skald.querier.tail;

import dev.skald.ingester.RecordBatches;
import dev.skald.ingester.RecordFeed;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.stage.Pipeline;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.storage.wal.PushRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * A query that some tails of a tenant follow. Its records wait in a queue and pass its pipeline on
 * one thread at a time, whatever the number of tails.
 */
final class TailedQuery implements RecordFeed.Follower {
  /** So many dropped entries of a record are told. */
  private static final int MOST_DROPPED = 1000;

  /** So many records pass before other queries have their turn. */
  private static final int TURN = 64;

  private final String tenant;

  private final List<Matcher> matchers;
  private final Pipeline pipeline;
  private final RecordBatches batches;
  private final TailMemory memory;
  private final Executor workers;

  private final Queue<Queued> queue = new ArrayDeque<>();
  private final List<Follower> followers = new ArrayList<>();
  private long offered;
  private int droppedOfLate;
  private boolean working;
  private boolean closed;
  private volatile int streams;

  private record Queued(PushRecord record, long number) {}

  /**
   * @param first number of the first record that the tail gets; those before were stored before it
   */
  private record Follower(Tail tail, long first) {}

  /**
   * @param now what templates take for it
   * @throws dev.skald.logql.QueryException if a stage is malformed
   */
  TailedQuery(String tenant, LogExpr query, Instant now, Tails.Work work) {
    this.tenant = tenant;
    this.matchers = query.matchers();
    this.pipeline = Pipeline.compile(query, now);
    this.batches = new RecordBatches(this::wants);
    this.memory = work.memory();
    this.workers = work.workers();
  }

  String tenant() {
    return tenant;
  }

  private boolean wants(Labels stream) {
    return matchers.stream().allMatch(matcher -> matcher.matches(stream));
  }

  synchronized void add(Tail tail) {
    followers.add(new Follower(tail, offered));
  }

  /** Removes a tail; returns whether it was the last. */
  synchronized boolean remove(Tail tail) {
    followers.removeIf(follower -> follower.tail == tail);
    return followers.isEmpty();
  }

  synchronized List<Tail> tails() {
    return followers.stream().map(Follower::tail).toList();
  }

  /** Returns how many streams its entries have come from. */
  int streams() {
    return streams;
  }

  @Override
  public synchronized void stored(PushRecord record) {
    if (closed) {
      return;
    }
    long number = offered++;
    if (!memory.tryTake(record.length())) {
      drop(record, number);
      return;
    }
    queue.add(new Queued(record, number));
    if (!working) {
      working = true;
      workers.execute(this::work);
    }
  }

  /** The lines are not looked at: that would be the work that there is no time for. */
  private void drop(PushRecord record, long number) {
    if (droppedOfLate >= MOST_DROPPED) {
      return;
    }
    List<DroppedEntry> dropped = new ArrayList<>();
    Batch batch = new RecordBatches(this::wants).read(record);
    for (Batch.Run run : batch.runs()) {
      for (int row = run.from(); row < run.to() && droppedOfLate < MOST_DROPPED; row++) {
        dropped.add(new DroppedEntry(batch.timestamps()[row], run.labels()));
        droppedOfLate++;
      }
    }
    followers.stream()
        .filter(follower -> follower.first <= number)
        .forEach(follower -> follower.tail.addDropped(dropped));
  }

  private void work() {
    for (int i = 0; i < TURN; i++) {
      Queued next = next();
      if (next == null) {
        return;
      }
      try {
        deliver(pass(next.record), next.number);
      } catch (RuntimeException | Error e) {
        tails().forEach(tail -> tail.end("the query has failed: " + e));
      } finally {
        memory.giveBack(next.record.length());
      }
    }
    workers.execute(this::work);
  }

  private synchronized Queued next() {
    Queued next = queue.poll();
    if (next == null) {
      working = false;
      droppedOfLate = 0;
    }
    return next;
  }

  private List<LogEntry> pass(PushRecord record) {
    List<LogEntry> entries = new ArrayList<>();
    Batch batch = batches.read(record);
    streams = batches.streams();
    if (batch.rows() > 0) {
      pipeline.run(batch, row -> entries.add(LogEntry.copyOf(row)));
    }
    return entries;
  }

  private void deliver(List<LogEntry> entries, long number) {
    if (entries.isEmpty()) {
      return;
    }
    List<Follower> all;
    synchronized (this) {
      all = List.copyOf(followers);
    }
    for (Follower follower : all) {
      if (follower.first <= number) {
        follower.tail.add(entries);
      }
    }
  }

  /** Lets go of what waits. */
  synchronized void close() {
    closed = true;
    queue.forEach(queued -> memory.giveBack(queued.record.length()));
    queue.clear();
  }
}
