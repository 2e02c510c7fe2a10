package dev.skald.logql.eval;

import dev.skald.logql.batch.Block;
import dev.skald.logql.eval.EntryOrder.Candidate;
import dev.skald.logql.stage.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Keeps the first {@code limit} entries in the order of a query, whatever the order in which they
 * come, and of equal ones only the first. An entry that has no place is not copied.
 */
final class BestEntries implements EntryCollector {
  private final EntryOrder order;
  private final Direction direction;
  private final int limit;
  private final QueryContext context;
  private final PriorityQueue<Candidate> lastOnTop;
  private final Map<LogEntry, Candidate> kept = new HashMap<>();
  private long arrival;

  BestEntries(Direction direction, int limit, QueryContext context) {
    this.order = new EntryOrder(direction);
    this.direction = direction;
    this.limit = limit;
    this.context = context;
    this.lastOnTop = new PriorityQueue<>(Collections.reverseOrder(order));
  }

  @Override
  public boolean wants(Block block) {
    if (lastOnTop.size() < limit) {
      return true;
    }
    long first = direction == Direction.FORWARD ? block.minTime() : block.maxTime();
    return order.compareTimes(first, lastOnTop.peek().entry().timestamp()) <= 0;
  }

  @Override
  public void startBlock(int number) {
    arrival = (long) number << 32;
  }

  @Override
  public void accept(Row row) {
    long arrived = arrival++;
    if (lastOnTop.size() == limit && comesAfter(row, lastOnTop.peek().entry())) {
      return;
    }
    offer(new Candidate(LogEntry.copyOf(row), arrived));
  }

  private boolean comesAfter(Row row, LogEntry last) {
    int byTime = order.compareTimes(row.timestamp(), last.timestamp());
    return byTime > 0
        || byTime == 0 && Long.compareUnsigned(row.streamHash(), last.streamHash()) > 0;
  }

  private void offer(Candidate candidate) {
    Candidate equal = kept.get(candidate.entry());
    if (equal != null) {
      if (order.compare(candidate, equal) < 0) {
        remove(equal);
        keep(candidate);
      }
    } else if (lastOnTop.size() < limit) {
      keep(candidate);
    } else if (order.compare(candidate, lastOnTop.peek()) < 0) {
      remove(lastOnTop.peek());
      keep(candidate);
    }
  }

  private void keep(Candidate candidate) {
    context.reserve(candidate.entry().memory());
    lastOnTop.add(candidate);
    kept.put(candidate.entry(), candidate);
  }

  private void remove(Candidate candidate) {
    context.reserve(-candidate.entry().memory());
    lastOnTop.remove(candidate);
    kept.remove(candidate.entry());
  }

  @Override
  public List<LogEntry> finish() {
    List<Candidate> candidates = new ArrayList<>(lastOnTop);
    candidates.sort(order);
    return candidates.stream().map(Candidate::entry).toList();
  }
}
