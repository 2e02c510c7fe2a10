package dev.skald.logql.eval;

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
  private final int limit;
  private final long maxBytes;
  private final QueryContext context;
  private final PriorityQueue<Candidate> lastOnTop;
  private final Map<LogEntry, Candidate> kept = new HashMap<>();
  private long arrival;
  private long bytes;
  private boolean cut;

  BestEntries(Direction direction, int limit, QueryContext context) {
    this(direction, limit, Long.MAX_VALUE, context);
  }

  /**
   * @param maxBytes how much memory the entries may take, though one is always kept
   */
  BestEntries(Direction direction, int limit, long maxBytes, QueryContext context) {
    this.order = new EntryOrder(direction);
    this.limit = limit;
    this.maxBytes = maxBytes;
    this.context = context;
    this.lastOnTop = new PriorityQueue<>(Collections.reverseOrder(order));
  }

  @Override
  public boolean wants(long nearest) {
    return !isFull() || order.compareTimes(nearest, lastOnTop.peek().entry().timestamp()) <= 0;
  }

  /** Once one had no place, those after the last one kept have none either, whatever goes. */
  private boolean isFull() {
    return cut || lastOnTop.size() >= limit;
  }

  /** Returns whether there were more entries than there was room for. */
  boolean isCut() {
    return cut;
  }

  @Override
  public void startBlock(int number) {
    arrival = (long) number << 32;
  }

  @Override
  public void accept(Row row) {
    long arrived = arrival++;
    if (isFull() && comesAfter(row, lastOnTop.peek().entry())) {
      cut = true;
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
    } else if (!isFull() || order.compare(candidate, lastOnTop.peek()) < 0) {
      keep(candidate);
      while (lastOnTop.size() > limit || bytes > maxBytes && lastOnTop.size() > 1) {
        cut = true;
        remove(lastOnTop.peek());
      }
    } else {
      cut = true;
    }
  }

  private void keep(Candidate candidate) {
    long size = candidate.entry().memory();
    context.reserve(size);
    bytes += size;
    lastOnTop.add(candidate);
    kept.put(candidate.entry(), candidate);
  }

  private void remove(Candidate candidate) {
    long size = candidate.entry().memory();
    context.reserve(-size);
    bytes -= size;
    lastOnTop.remove(candidate);
    kept.remove(candidate.entry());
  }

  @Override
  public List<LogEntry> finish() {
    List<Candidate> candidates = new ArrayList<>(lastOnTop);
    candidates.sort(context.work().counting(order));
    return candidates.stream().map(Candidate::entry).toList();
  }
}
