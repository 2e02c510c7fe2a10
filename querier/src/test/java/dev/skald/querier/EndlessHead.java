package dev.skald.querier;

import dev.skald.ingester.HeadEntries;
import dev.skald.ingester.RecentHeads;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.catalog.HeadId;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A head that is at work for ever, and pauses on the way. */
final class EndlessHead implements RecentHeads {
  /** What never ends. */
  enum Work {
    SELECT,
    READ,
    STREAMS
  }

  /** Has a permit for each thing that has begun. */
  final Semaphore begun = new Semaphore(0);

  private final Work work;

  EndlessHead(Work work) {
    this.work = work;
  }

  @Override
  public boolean replayed() {
    return true;
  }

  @Override
  public List<HeadEntries> heads(String tenant) {
    return List.of(
        new HeadEntries(
            new HeadId(1),
            new Entries(null),
            () -> new HeadEntries.Extent(1, 1, 0, Long.MAX_VALUE)));
  }

  private void goOn(Work what, Runnable pause) {
    if (what == work) {
      begun.release();
      while (true) {
        pause.run();
      }
    }
  }

  private final class Entries implements EntrySource {
    private final Runnable pause;

    Entries(Runnable pause) {
      this.pause = pause;
    }

    @Override
    public EntrySource pausing(Runnable newPause) {
      return new Entries(newPause);
    }

    @Override
    public List<Block> select(Selection selection) {
      goOn(Work.SELECT, pause);
      return List.of(
          new Block() {
            @Override
            public long minTime() {
              return selection.start();
            }

            @Override
            public long maxTime() {
              return selection.end() - 1;
            }

            @Override
            public Batch read(Columns columns) {
              goOn(Work.READ, pause);
              throw new AssertionError("nothing to read");
            }
          });
    }

    @Override
    public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
      goOn(Work.STREAMS, pause);
      return List.of();
    }
  }
}
