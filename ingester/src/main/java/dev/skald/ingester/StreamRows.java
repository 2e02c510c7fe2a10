package dev.skald.ingester;

/**
 * The rows of a stream that a reader sees.
 *
 * @param extent what was published when the reader asked
 */
record StreamRows(HeadStream stream, HeadStream.Extent extent) {

  /** Returns the first row that is not older than a time, in a stream whose rows are in order. */
  int firstAt(long time) {
    long[] timestamps = stream.timestamps();
    int low = 0;
    int high = extent.rows();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timestamps[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns how many rows have times in {@code [start, end)}. */
  int count(long start, long end) {
    if (extent.minTime() >= start && extent.maxTime() < end) {
      return extent.rows();
    }
    if (extent.ordered()) {
      return firstAt(end) - firstAt(start);
    }
    long[] timestamps = stream.timestamps();
    int count = 0;
    for (int row = 0; row < extent.rows(); row++) {
      count += timestamps[row] >= start && timestamps[row] < end ? 1 : 0;
    }
    return count;
  }

  /**
   * Returns the rows within {@code [start, last]}, in time order, by arrival where times are equal;
   * for a stream whose rows are not in order.
   */
  int[] sorted(long start, long last) {
    long[] timestamps = stream.timestamps();
    int[] rows = new int[extent.rows()];
    int count = 0;
    for (int row = 0; row < extent.rows(); row++) {
      if (timestamps[row] >= start && timestamps[row] <= last) {
        rows[count++] = row;
      }
    }
    return TimeSort.sort(rows, count, timestamps);
  }
}
