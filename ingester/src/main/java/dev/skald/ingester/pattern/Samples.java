package dev.skald.ingester.pattern;

import java.util.Arrays;

/** Counts by time, in time order; times are whole intervals since 1970. Not safe for threads. */
final class Samples {
  private static final int OVERHEAD = 64;

  private long[] times = new long[2];
  private int[] counts = new int[2];
  private int size;

  int size() {
    return size;
  }

  long time(int index) {
    return times[index];
  }

  int count(int index) {
    return counts[index];
  }

  /** Returns about how much memory this takes. */
  int bytes() {
    return OVERHEAD + (Long.BYTES + Integer.BYTES) * times.length;
  }

  void add(long time, int count) {
    int at = size;
    if (size > 0 && time <= times[size - 1]) {
      at = time == times[size - 1] ? size - 1 : Arrays.binarySearch(times, 0, size, time);
      if (at >= 0) {
        counts[at] = (int) Math.min(Integer.MAX_VALUE, (long) counts[at] + count);
        return;
      }
      at = -at - 1;
    }
    insert(at, time, count);
  }

  private void insert(int at, long time, int count) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size + (size >> 1) + 2);
      counts = Arrays.copyOf(counts, times.length);
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    times[at] = time;
    counts[at] = count;
    size++;
  }

  /** Forgets what is older than a time. */
  void dropBefore(long time) {
    if (size == 0 || times[0] >= time) {
      return;
    }
    int keep = 0;
    while (keep < size && times[keep] < time) {
      keep++;
    }
    int capacity = Math.max(2, size - keep);
    times = Arrays.copyOf(Arrays.copyOfRange(times, keep, size), capacity);
    counts = Arrays.copyOf(Arrays.copyOfRange(counts, keep, size), capacity);
    size -= keep;
  }
}
