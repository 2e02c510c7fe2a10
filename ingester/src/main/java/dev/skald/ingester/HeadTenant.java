package dev.skald.ingester;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The streams of one tenant in one head. One thread adds streams; any thread may read.
 *
 * <p>Where a query wants many rows they are cut into blocks by time, so that the newest hundred
 * lines do not cost a look at all of them.
 */
final class HeadTenant implements EntrySource {
  /** So many streams are looked at between two pauses. */
  private static final int STREAMS_A_PAUSE = 1 << 10;

  private volatile HeadStream[] streams = new HeadStream[0];
  private volatile int size;

  /** Adds a stream; for the writer. */
  void add(HeadStream stream) {
    int index = size;
    if (index == streams.length) {
      streams = Arrays.copyOf(streams, Math.max(8, 2 * index));
    }
    streams[index] = stream;
    size = index + 1;
  }

  /** Returns how many rows all streams have, and between which times they lie. */
  HeadEntries.Extent extent() {
    int count = size;
    HeadStream[] known = streams;
    long rows = 0;
    long minTime = Long.MAX_VALUE;
    long maxTime = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      HeadStream.Extent extent = known[i].published();
      rows += extent.rows();
      minTime = Math.min(minTime, extent.minTime());
      maxTime = Math.max(maxTime, extent.maxTime());
    }
    return new HeadEntries.Extent(count, rows, minTime, maxTime);
  }

  /** Tells of every stream with rows how many it has. */
  void forEach(IntConsumer consumer) {
    int count = size;
    HeadStream[] known = streams;
    for (int i = 0; i < count; i++) {
      int rows = known[i].published().rows();
      if (rows > 0) {
        consumer.accept(rows);
      }
    }
  }

  /** Returns how many streams there are. */
  int size() {
    return size;
  }

  /** What is seen by a caller that may have to stop in the middle. */
  private record Pausing(HeadTenant tenant, Runnable pause) implements EntrySource {
    private Stride work() {
      return new Stride(pause, STREAMS_A_PAUSE);
    }

    @Override
    public List<Block> select(Selection selection) {
      return tenant.select(selection, work());
    }

    @Override
    public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
      return tenant.streams(new Selection(matchers, start, end, Columns.TIMES_ONLY), work());
    }
  }

  @Override
  public EntrySource pausing(Runnable pause) {
    return new Pausing(this, pause);
  }

  @Override
  public List<Block> select(Selection selection) {
    return new Pausing(this, () -> {}).select(selection);
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    return new Pausing(this, () -> {}).streams(matchers, start, end);
  }

  private List<Block> select(Selection selection, Stride work) {
    List<StreamRows> wanted = new ArrayList<>();
    for (StreamRows rows : present()) {
      work.step();
      HeadStream.Extent extent = rows.extent();
      if (selection.overlaps(extent.minTime(), extent.maxTime())
          && matches(rows.stream().labels(), selection.matchers())) {
        wanted.add(rows);
      }
    }
    return wanted.isEmpty() ? List.of() : TimeSlices.blocks(wanted, selection);
  }

  private List<StreamStats> streams(Selection selection, Stride work) {
    List<StreamStats> stats = new ArrayList<>();
    for (StreamRows rows : present()) {
      work.step();
      HeadStream.Extent extent = rows.extent();
      Labels labels = rows.stream().labels();
      if (selection.overlaps(extent.minTime(), extent.maxTime())
          && matches(labels, selection.matchers())) {
        int inRange = rows.count(selection.start(), selection.end());
        if (inRange > 0) {
          long bytes = Math.ceilDiv(extent.bytes() * inRange, (long) extent.rows());
          stats.add(new StreamStats(labels, 1, inRange, bytes));
        }
      }
    }
    return stats;
  }

  /** Returns all rows with all columns. */
  Batch everything() {
    return new HeadBlock(present(), Long.MIN_VALUE, Long.MAX_VALUE).read(Columns.ALL);
  }

  private List<StreamRows> present() {
    int count = size;
    HeadStream[] known = streams;
    List<StreamRows> present = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      HeadStream.Extent extent = known[i].published();
      if (extent.rows() > 0) {
        present.add(new StreamRows(known[i], extent));
      }
    }
    return present;
  }

  private static boolean matches(Labels labels, List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }
}
