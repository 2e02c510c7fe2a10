package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.EntryOrder.Candidate;
import dev.skald.logql.stage.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Takes an entry only if it lies at least an interval after the one taken before it, over all
 * streams; each hour starts anew, as Loki splits queries there (logql.md §20.4). Which entries that
 * are is only known in the order of the query, so entries wait until no block can hold earlier
 * ones.
 */
final class SpacedEntries implements EntryCollector {
  private static final long HOUR = 3_600_000_000_000L;

  private final EntryOrder order;
  private final int limit;
  private final long interval;
  private final QueryContext context;
  private final Stride work;
  private final PriorityQueue<Candidate> waiting;
  private final List<LogEntry> taken = new ArrayList<>();
  private long arrival;

  SpacedEntries(Direction direction, int limit, long interval, QueryContext context) {
    this.order = new EntryOrder(direction);
    this.limit = limit;
    this.interval = interval;
    this.context = context;
    this.work = context.work();
    this.waiting = new PriorityQueue<>(order);
  }

  @Override
  public boolean wants(long nearest) {
    takeBefore(nearest);
    return taken.size() < limit;
  }

  private void takeBefore(long time) {
    while (!waiting.isEmpty() && order.compareTimes(waiting.peek().entry().timestamp(), time) < 0) {
      take(waiting.poll().entry());
    }
  }

  private void take(LogEntry entry) {
    work.step();
    if (taken.size() < limit && isFarEnough(entry.timestamp())) {
      taken.add(entry);
    } else {
      context.reserve(-entry.memory());
    }
  }

  private boolean isFarEnough(long time) {
    if (taken.isEmpty()) {
      return true;
    }
    long last = taken.getLast().timestamp();
    return Math.abs(time - last) >= interval
        || Math.floorDiv(time, HOUR) != Math.floorDiv(last, HOUR);
  }

  @Override
  public void startBlock(int number) {
    arrival = (long) number << 32;
  }

  @Override
  public void accept(Row row) {
    long arrived = arrival++;
    if (isFarEnough(row.timestamp())) {
      Candidate candidate = new Candidate(LogEntry.copyOf(row), arrived);
      context.reserve(candidate.entry().memory());
      waiting.add(candidate);
    }
  }

  @Override
  public List<LogEntry> finish() {
    while (!waiting.isEmpty()) {
      take(waiting.poll().entry());
    }
    return taken;
  }
}
