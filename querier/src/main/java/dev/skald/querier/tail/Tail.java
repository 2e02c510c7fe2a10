package dev.skald.querier.tail;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.LogEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One live tail: what has come for it and was not taken yet. Whoever opened it takes frames; any
 * thread may add to it.
 *
 * <p>It never holds back who adds: what finds no room is dropped and told.
 */
public final class Tail implements AutoCloseable {
  private static final String TOO_LONG = "reached tail max duration limit";
  private static final int MOST_DROPPED = 1000;

  /** So long an entry of the history may still come as a live one. */
  private static final long HISTORY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** So long it waits at most before it looks at the clock again. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Tails tails;
  private final TailedQuery query;
  private final long delayNanos;
  private final long openedNanos;
  private final long longestNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WaitingEntries waiting;
  private final List<DroppedEntry> dropped = new ArrayList<>();
  private Set<LogEntry> history = Set.of();
  private String end;
  private boolean closed;

  /**
   * @param delayNanos how old an entry must be to be taken
   * @param longestNanos how long the tail may live
   */
  Tail(Tails tails, TailedQuery query, long delayNanos, long longestNanos) {
    this.tails = tails;
    this.query = query;
    this.delayNanos = delayNanos;
    this.longestNanos = longestNanos;
    this.openedNanos = tails.nanoTime();
    this.waiting = new WaitingEntries(tails.memory());
  }

  TailedQuery query() {
    return query;
  }

  /**
   * Notes what was read from what had been stored before; what came meanwhile is in both, and is
   * left out of the frames.
   */
  public void history(List<LogEntry> entries) {
    lock.lock();
    try {
      history = new HashSet<>(entries);
      waiting.removeAll(history);
    } finally {
      lock.unlock();
    }
  }

  /** Adds entries that have just come; drops those that find no room. */
  void add(List<LogEntry> entries) {
    lock.lock();
    try {
      if (tails.nanoTime() - openedNanos > HISTORY_NANOS && !history.isEmpty()) {
        history = Set.of();
      }
      for (LogEntry entry : entries) {
        if (!closed && !history.contains(entry) && !waiting.add(entry)) {
          noteDropped(entry.timestamp(), entry.stream());
        }
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Adds what was dropped before it was known whether the query wants it. */
  void addDropped(List<DroppedEntry> entries) {
    lock.lock();
    try {
      entries.forEach(entry -> noteDropped(entry.timestamp(), entry.labels()));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void noteDropped(long timestamp, Labels stream) {
    if (dropped.size() < MOST_DROPPED) {
      dropped.add(new DroppedEntry(timestamp, stream));
    }
  }

  /** Ends the tail; what waits can still be taken. */
  void end(String reason) {
    lock.lock();
    try {
      end = end == null ? reason : end;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something to take.
   *
   * @return false if the tail is at its end, {@link #ending} says why
   */
  public boolean await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long left = longestNanos - (tails.nanoTime() - openedNanos);
        if (left <= 0) {
          end = end == null ? TOO_LONG : end;
        }
        if (end != null) {
          return false;
        }
        if (!dropped.isEmpty() || !waiting.isEmpty() && untilDue() <= 0) {
          return true;
        }
        long due = waiting.isEmpty() ? LOOK_NANOS : Math.min(untilDue(), LOOK_NANOS);
        changed.awaitNanos(Math.min(left, due));
      }
    } finally {
      lock.unlock();
    }
  }

  private long untilDue() {
    return waiting.oldest() - (tails.nowNanos() - delayNanos);
  }

  /** Returns why the tail is at its end, or null while it is not. */
  public String ending() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next of what may be taken now, or null if there is nothing. */
  public TailFrame take() {
    lock.lock();
    try {
      List<LogEntry> entries = waiting.take(tails.nowNanos() - delayNanos, TailFrame.MOST_ENTRIES);
      if (entries.isEmpty() && dropped.isEmpty()) {
        return null;
      }
      entries.forEach(entry -> tails.taken(entry.line().length));
      TailFrame frame = new TailFrame(entries, dropped, true);
      dropped.clear();
      return frame;
    } finally {
      lock.unlock();
    }
  }

  /** Follows no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
      dropped.clear();
    } finally {
      lock.unlock();
    }
    tails.closed(this);
  }
}
