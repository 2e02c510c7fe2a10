package dev.skald.storage.segment;

import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.ReadOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * The blocks that one query has selected, of all segments, and what is loaded of them before they
 * are read. What to load is known at the first read, when the query says which columns it wants:
 * the pages of this block and of those that it will read next, in as few gets as is cheapest, all
 * at the same time.
 *
 * <p>How far it goes: a query that reads everything fills its bytes; they are filled again once
 * half of them is used up, so that gets stay large. A query that stops when it has enough first
 * loads what it cannot stop before, the blocks whose times meet those of the first one; if it has
 * not stopped there, it loads one more, then three, and so on.
 *
 * <p>Nothing depends on a guess being right: a page that was not loaded is read when it is needed.
 * Safe for use by any thread; the bytes are kept for one that reads a block after the other.
 */
public final class ReadAhead {
  /** A longer read does not come faster, and is all in vain if it fails. */
  private static final int LONGEST_READ = 8 << 20;

  private static final int MOST_BLOCKS = 64;
  private static final int MOST_READS = 16;

  private final ReadPath path;
  private final ReadOrder order;
  private final Runnable pause;
  private final List<Part> parts = new ArrayList<>();
  private boolean sorted;

  /** How often reads were begun. */
  private int steps;

  private long held;
  private Part last;

  public ReadAhead(ReadPath path, ReadOrder order) {
    this(path, order, () -> {});
  }

  /**
   * @param pause runs now and then while a read is waited for; what it throws ends the wait
   */
  public ReadAhead(ReadPath path, ReadOrder order, Runnable pause) {
    this.path = path;
    this.order = order;
    this.pause = pause;
  }

  /** A block. All fields but the first two are guarded by the {@link ReadAhead}. */
  final class Part {
    private final BlockPlan plan;
    private final BlockInfo.Bounds bounds;
    private int place;
    private List<AheadRead> reads;
    private boolean done;

    private Part(BlockPlan plan, BlockInfo.Bounds bounds) {
      this.plan = plan;
      this.bounds = bounds;
    }

    /**
     * Returns what is in memory of this block, for a read of some columns; waits until it is there.
     */
    List<PageReader.Piece> load(Columns columns) throws IOException {
      List<PageReader.Piece> pieces = new ArrayList<>();
      for (AheadRead read : prepare(this, columns)) {
        PageReader.Piece piece = read.await(pause);
        if (piece != null) {
          pieces.add(piece);
        }
      }
      return pieces;
    }

    void release() {
      ReadAhead.this.release(this);
    }

    private boolean meets(Part other) {
      return bounds.minTime() <= other.bounds.maxTime()
          && bounds.maxTime() >= other.bounds.minTime();
    }
  }

  synchronized Part add(BlockPlan plan, BlockInfo.Bounds bounds) {
    Part part = new Part(plan, bounds);
    parts.add(part);
    sorted = false;
    return part;
  }

  private synchronized void release(Part part) {
    part.done = true;
    if (part.reads != null) {
      for (AheadRead read : part.reads) {
        if (read.leave(path.budget())) {
          held -= read.length();
        }
      }
      part.reads = null;
    }
  }

  /** Begins the reads that are due when a block is read, and returns those that it needs. */
  private List<AheadRead> prepare(Part part, Columns columns) {
    List<AheadRead> needed;
    List<AheadRead> begun;
    synchronized (this) {
      sort();
      // A block may be read in two steps; what is read of the next ones goes by the first.
      boolean goesOn = part == last && part.reads != null;
      if (last != null && last != part) {
        release(last);
      }
      last = part;
      begun = goesOn ? List.of() : choose(part, columns);
      needed = part.reads == null ? List.of() : part.reads;
    }
    begun.forEach(this::begin);
    return needed;
  }

  private void begin(AheadRead read) {
    try {
      path.executor().execute(read);
    } catch (RejectedExecutionException stopping) {
      read.run();
    }
  }

  private void sort() {
    if (!sorted) {
      parts.sort(
          order == ReadOrder.NEWEST_FIRST
              ? Comparator.comparingLong(part -> -part.bounds.maxTime())
              : Comparator.comparingLong(part -> part.bounds.minTime()));
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).place = i;
      }
      sorted = true;
    }
  }

  /** Chooses what to read when a block is read, and accounts for it. */
  private List<AheadRead> choose(Part part, Columns columns) {
    List<Part> chosen = new ArrayList<>();
    int least = 0;
    if (part.reads == null) {
      chosen.add(part);
      least = 1;
    }
    boolean goesOn = order == ReadOrder.EVERYTHING || steps > 1 || least == 1;
    if (goesOn && held <= path.aheadBytes() / 2) {
      addNext(part, chosen, columns);
    }
    while (!chosen.isEmpty()) {
      ReadPlan plan =
          ReadPlan.of(path.ranges(), chosen.stream().map(one -> one.plan).toList(), columns);
      List<AheadRead> reads = plan.reads(LONGEST_READ);
      if (afford(reads, chosen.size() == least)) {
        keep(chosen, reads, columns);
        steps++;
        return reads;
      }
      int fewer = Math.max(least, chosen.size() / 2);
      chosen.subList(fewer, chosen.size()).clear();
    }
    return List.of();
  }

  private void addNext(Part part, List<Part> chosen, Columns columns) {
    long room = path.aheadBytes() - held;
    int beyond = order == ReadOrder.EVERYTHING ? Integer.MAX_VALUE : (1 << Math.min(steps, 20)) - 1;
    for (Part next : parts.subList(part.place + 1, parts.size())) {
      if (!next.meets(part) && beyond-- <= 0) {
        return;
      }
      if (next.reads == null && !next.done) {
        room -= next.plan.bytes(next.plan.pages(columns));
        if (room < 0 || chosen.size() == MOST_BLOCKS) {
          return;
        }
        chosen.add(next);
      }
    }
  }

  private boolean afford(List<AheadRead> reads, boolean needed) {
    long bytes = reads.stream().mapToLong(AheadRead::length).sum();
    if (needed) {
      path.budget().take(bytes);
    } else if (reads.size() > MOST_READS
        || held + bytes > path.aheadBytes()
        || !path.budget().tryTake(bytes)) {
      return false;
    }
    held += bytes;
    return true;
  }

  private static void keep(List<Part> chosen, List<AheadRead> reads, Columns columns) {
    for (Part part : chosen) {
      BlockSource source = part.plan.source();
      part.done = false;
      part.reads = new ArrayList<>(reads);
      part.reads.removeIf(
          read ->
              part.plan.pages(columns).stream()
                  .noneMatch(page -> read.covers(source.location(), source.page(page))));
      part.reads.forEach(AheadRead::use);
    }
  }
}
