package dev.skald.logql.eval;

import dev.skald.logql.batch.EntrySource;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Cuts the range of a log query at midnights UTC, in the order of the query: first what lies in its
 * first day, then one day, two, four and so on. So a query that is soon satisfied never asks its
 * {@link EntrySource} for older days. Stored blocks never lie in two days: none is read twice.
 */
final class DayWindows implements Iterator<DayWindows.Window> {
  private static final long DAY = 86_400_000_000_000L;

  private final Direction direction;
  private long start;
  private long end;
  private long days;

  /** Times {@code [start, end)} in unix nanoseconds. */
  record Window(long start, long end) {}

  DayWindows(Direction direction, long start, long end) {
    this.direction = direction;
    this.start = start;
    this.end = end;
  }

  @Override
  public boolean hasNext() {
    return start < end;
  }

  @Override
  public Window next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the range is over");
    }
    Window window = direction == Direction.FORWARD ? oldest() : newest();
    days = days == 0 ? 1 : 2 * days;
    return window;
  }

  private Window oldest() {
    long midnight = Math.floorDiv(start, DAY) + Math.max(1, days);
    long to = midnight > Long.MAX_VALUE / DAY ? end : Math.min(end, midnight * DAY);
    Window window = new Window(start, to);
    start = to;
    return window;
  }

  private Window newest() {
    long midnight = Math.floorDiv(end - 1, DAY) - Math.max(0, days - 1);
    long from = midnight < Long.MIN_VALUE / DAY ? start : Math.max(start, midnight * DAY);
    Window window = new Window(from, end);
    end = from;
    return window;
  }
}
