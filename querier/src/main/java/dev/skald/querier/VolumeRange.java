package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Volumes over time: the bytes of each window of time are known and spread over the buckets that
 * meet it.
 *
 * <p>A bucket ends at a multiple of the step, the first begins at the start and the last ends at
 * the end of the query. Of a window it gets the share of its whole seconds, rounded down, as in
 * Loki, where an inner bucket ends a millisecond early and so loses its last second. A bucket that
 * holds all of a window gets all of it.
 */
final class VolumeRange {
  /** Loki's default of {@code split_queries_by_interval}, the window that it spreads evenly. */
  private static final long WINDOW = 3_600_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  /** The volumes of {@code [start, end)}. */
  record Window(long start, long end, VolumeTotals totals) {}

  private final long[] ends;
  private final long start;
  private final Stride work;

  /**
   * @param step of the buckets, in nanoseconds
   * @param work counts windows and buckets
   */
  VolumeRange(long start, long end, long step, Stride work) {
    this.work = work;
    this.start = start;
    this.ends = edges(start, end, step);
  }

  /** Returns where windows end: at whole hours, or further apart if the step is longer. */
  static long[] windowEnds(long start, long end, long step) {
    return edges(start, end, WINDOW * Math.max(1, step / WINDOW));
  }

  /** Returns the multiples of a length that lie between start and end, and the end. */
  private static long[] edges(long start, long end, long length) {
    if (start >= end) {
      return new long[0];
    }
    long first = (Math.floorDiv(start, length) + 1) * length;
    int inner = first < end ? Math.toIntExact((end - 1 - first) / length + 1) : 0;
    long[] edges = new long[inner + 1];
    for (int i = 0; i < inner; i++) {
      edges[i] = first + i * length;
    }
    edges[inner] = end;
    return edges;
  }

  /** Returns the samples of the groups, those with the largest first sample first. */
  QueryResult result(List<Labels> groups, List<Window> windows) {
    List<Series> series = new ArrayList<>(groups.size());
    for (Labels group : groups) {
      work.step(windows.size() + ends.length);
      series.add(series(group, windows));
    }
    series.sort(
        Comparator.comparingDouble((Series one) -> -one.values()[0]).thenComparing(Series::labels));
    return atOneTime(series) ? vector(series) : new QueryResult.Matrix(series, List.of());
  }

  private Series series(Labels group, List<Window> windows) {
    long[] bytes = new long[ends.length];
    Arrays.fill(bytes, -1);
    for (Window window : windows) {
      Long size = window.totals.of(group);
      if (size != null) {
        spread(window, size, bytes);
      }
    }
    int present = 0;
    long[] times = new long[bytes.length];
    double[] values = new double[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 0) {
        times[present] = Math.floorDiv(last(i), MILLI);
        values[present++] = bytes[i];
      }
    }
    return new Series(group, Arrays.copyOf(times, present), Arrays.copyOf(values, present));
  }

  private void spread(Window window, long size, long[] bytes) {
    int bucket = Arrays.binarySearch(ends, window.start + 1);
    for (int i = bucket < 0 ? -bucket - 1 : bucket; i < ends.length; i++) {
      long bucketStart = i == 0 ? start : ends[i - 1];
      if (bucketStart >= window.end) {
        break;
      }
      boolean whole = bucketStart <= window.start && ends[i] >= window.end;
      long share = whole ? size : share(size, window, Math.max(bucketStart, window.start), i);
      bytes[i] = Math.max(bytes[i], 0) + share;
    }
  }

  private long share(long size, Window window, long from, int bucket) {
    long to = Math.min(last(bucket), window.end);
    // Without the minimum, buckets of a second would get nothing.
    long seconds = Math.max((to - from) / SECOND, 1);
    return (long)
        ((double) size * (seconds * SECOND) / Math.max(window.end - window.start, SECOND));
  }

  /** Returns the time of a bucket's sample: an inner one ends a millisecond before the next. */
  private long last(int bucket) {
    return bucket == ends.length - 1 ? ends[bucket] : ends[bucket] - MILLI;
  }

  /** Loki makes a vector of what has one sample a series; here only if their times agree. */
  private static boolean atOneTime(List<Series> series) {
    for (Series one : series) {
      if (one.times().length != 1 || one.times()[0] != series.getFirst().times()[0]) {
        return false;
      }
    }
    return true;
  }

  private QueryResult.Vector vector(List<Series> series) {
    long time = series.isEmpty() ? start / MILLI : series.getFirst().times()[0];
    return new QueryResult.Vector(
        time,
        series.stream().map(Series::labels).toList(),
        series.stream().mapToDouble(one -> one.values()[0]).toArray(),
        List.of());
  }
}
