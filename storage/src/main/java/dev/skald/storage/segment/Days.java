package dev.skald.storage.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** UTC days, counted from 1970-01-01; each has segments of its own. */
final class Days {
  private static final long NANOS = 86_400_000_000_000L;

  private Days() {}

  static long of(long time) {
    return Math.floorDiv(time, NANOS);
  }

  /** Cuts runs at midnight, keeping their order. */
  static SortedMap<Long, List<StreamRun>> split(List<StreamRun> runs) {
    SortedMap<Long, List<StreamRun>> byDay = new TreeMap<>();
    for (StreamRun run : runs) {
      int from = run.from();
      while (from < run.to()) {
        long day = of(run.batch().timestamps()[from]);
        int to = endOfDay(run, from, day);
        byDay.computeIfAbsent(day, key -> new ArrayList<>()).add(run.rows(from, to));
        from = to;
      }
    }
    return byDay;
  }

  /** Returns the first row after {@code from} that is of a later day. */
  private static int endOfDay(StreamRun run, int from, long day) {
    if (of(run.lastTime()) == day) {
      return run.to();
    }
    int low = from + 1;
    int high = run.to();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (of(run.batch().timestamps()[middle]) > day) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
