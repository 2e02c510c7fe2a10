package dev.skald.ingester;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import java.util.List;

/** The rows of some streams of a head within a range of time. */
final class HeadBlock implements Block {
  private static final long BYTES_A_ROW = 64;

  private final List<StreamRows> streams;
  private final long start;
  private final long last;
  private final long minTime;
  private final long maxTime;

  /**
   * @param start first wanted time in unix nanoseconds
   * @param last last wanted time
   */
  HeadBlock(List<StreamRows> streams, long start, long last) {
    this.streams = streams;
    this.start = start;
    this.last = last;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (StreamRows stream : streams) {
      min = Math.min(min, stream.extent().minTime());
      max = Math.max(max, stream.extent().maxTime());
    }
    this.minTime = Math.max(min, start);
    this.maxTime = Math.min(max, last);
  }

  @Override
  public long minTime() {
    return minTime;
  }

  @Override
  public long maxTime() {
    return maxTime;
  }

  /** Lines and values are not copied; the batch has their places. */
  @Override
  public long memory(Columns columns) {
    long rows = 0;
    for (StreamRows stream : streams) {
      rows += stream.extent().rows();
    }
    return Math.min(rows, TimeSlices.BLOCK_ROWS) * BYTES_A_ROW;
  }

  @Override
  public boolean recent() {
    return true;
  }

  @Override
  public Batch read(Columns columns) {
    HeadBatch batch = new HeadBatch();
    for (StreamRows rows : streams) {
      HeadStream.Extent extent = rows.extent();
      if (extent.minTime() > last || extent.maxTime() < start) {
        continue;
      }
      if (extent.ordered()) {
        int from = rows.firstAt(start);
        int to = last == Long.MAX_VALUE ? extent.rows() : rows.firstAt(last + 1);
        batch.add(rows.stream(), from, to - from);
      } else {
        batch.add(rows.stream(), rows.sorted(start, last));
      }
    }
    return batch.build(columns);
  }
}
