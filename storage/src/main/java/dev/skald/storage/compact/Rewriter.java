package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Writes single segments again, without the lines that are to go. For one thread at a time. */
public final class Rewriter {
  private final MergeStore store;
  private final CompactorOptions options;
  private final WorkingDirectory directory;
  private final MergeBudget budget;
  private volatile boolean stopped;

  public Rewriter(
      MergeStore store, CompactorOptions options, WorkingDirectory directory, MergeBudget budget) {
    this.store = store;
    this.options = options;
    this.directory = directory;
    this.budget = budget;
  }

  MergeStore store() {
    return store;
  }

  /**
   * Puts a segment without some of its lines in the place of one.
   *
   * @return false, and nothing is changed, if it is not there any more
   * @throws dev.skald.storage.object.CorruptDataException if it is not what was written
   * @throws CancellationException if this was stopped
   */
  boolean rewrite(SegmentEntry entry, RowFilter filter) throws IOException {
    int level = Math.max(entry.level(), SegmentEntry.MERGED);
    Merge merge = new Merge(level, List.of(entry));
    return new MergeRun(store, merge, filter, pace())
        .run(options.segments(level), directory.newFile())
        .committed();
  }

  /** Begins a piece of work; the pace ends it if this is stopped. */
  Pace pace() {
    Pace pace = budget.begin();
    return bytes -> {
      if (stopped) {
        throw new CancellationException("retention stops");
      }
      pace.spend(bytes);
    };
  }

  void stop() {
    stopped = true;
  }
}
