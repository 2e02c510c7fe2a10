package dev.skald.querier.cache;

import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a query at the steps of one window.
 *
 * @param state what it was computed from
 */
record CachedWindow(DataState state, Matrix result) {
  private static final int OWN_BYTES = 512;
  private static final int BYTES_A_SERIES = 128;
  private static final int BYTES_A_POINT = 16;

  /** Returns what a result has between two times, both included, in unix milliseconds. */
  static Matrix cut(Matrix result, long first, long last) {
    List<Series> cut = new ArrayList<>();
    for (Series series : result.series()) {
      int from = indexFrom(series.times(), first);
      int to = indexFrom(series.times(), last + 1);
      if (from < to) {
        cut.add(part(series, from, to));
      }
    }
    return new Matrix(cut, List.of());
  }

  private static Series part(Series series, int from, int to) {
    int count = to - from;
    long[] times = new long[count];
    double[] values = new double[count];
    System.arraycopy(series.times(), from, times, 0, count);
    System.arraycopy(series.values(), from, values, 0, count);
    return new Series(series.labels(), times, values);
  }

  /** Returns the index of the first time that is not before another. */
  private static int indexFrom(long[] times, long wanted) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns about how many bytes of memory this takes. */
  long bytes() {
    return OWN_BYTES + state.memory() + bytes(result);
  }

  /** Returns about how many bytes of memory a result takes. */
  static long bytes(Matrix result) {
    long bytes = 0;
    for (Series series : result.series()) {
      bytes += BYTES_A_SERIES + series.labels().memory();
      bytes += (long) series.times().length * BYTES_A_POINT;
    }
    return bytes;
  }
}
