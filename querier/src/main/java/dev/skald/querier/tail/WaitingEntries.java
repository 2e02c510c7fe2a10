package dev.skald.querier.tail;

import dev.skald.logql.eval.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** The entries that wait for one tail, oldest first. For one thread at a time. */
final class WaitingEntries {
  /** More may not wait; what is more was not read for long. */
  static final int MOST_ENTRIES = 20_000;

  /** What an entry takes beside its line, about. */
  private static final int OWN_BYTES = 300;

  private final TailMemory memory;
  private final PriorityQueue<Waiting> queue = new PriorityQueue<>();
  private long arrivals;
  private long bytes;

  private record Waiting(LogEntry entry, long arrival) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int byTime = Long.compare(entry.timestamp(), other.entry.timestamp());
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }

    long bytes() {
      return OWN_BYTES + entry.line().length;
    }
  }

  WaitingEntries(TailMemory memory) {
    this.memory = memory;
  }

  /** Adds an entry; returns whether there was room. */
  boolean add(LogEntry entry) {
    Waiting waiting = new Waiting(entry, arrivals++);
    if (queue.size() >= MOST_ENTRIES || !memory.tryTake(waiting.bytes(), bytes)) {
      return false;
    }
    bytes += waiting.bytes();
    queue.add(waiting);
    return true;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Returns the time of the oldest; there must be one. */
  long oldest() {
    return queue.peek().entry.timestamp();
  }

  /** Takes the oldest that are not newer than a time. */
  List<LogEntry> take(long newest, int most) {
    List<LogEntry> taken = new ArrayList<>();
    while (taken.size() < most && !queue.isEmpty() && oldest() <= newest) {
      Waiting waiting = queue.poll();
      giveBack(waiting);
      taken.add(waiting.entry);
    }
    return taken;
  }

  /** Removes what was delivered in another way. */
  void removeAll(Set<LogEntry> delivered) {
    queue.removeIf(
        waiting -> {
          boolean known = delivered.contains(waiting.entry);
          if (known) {
            giveBack(waiting);
          }
          return known;
        });
  }

  void clear() {
    queue.forEach(this::giveBack);
    queue.clear();
  }

  private void giveBack(Waiting waiting) {
    memory.giveBack(waiting.bytes());
    bytes -= waiting.bytes();
  }
}
