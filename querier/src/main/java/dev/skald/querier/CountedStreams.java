package dev.skald.querier;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import java.util.List;

/** A source whose lists of streams count as the memory of a query. */
record CountedStreams(EntrySource source, QueryRun run) implements EntrySource {
  private static final long BYTES_A_STREAM = 200;

  /** So many streams, labels or comparisons lie between two checkpoints. */
  private static final int WORK_A_CHECKPOINT = 1 << 12;

  /** Returns a count of what is done with the streams. */
  Stride work() {
    return new Stride(run::checkpoint, WORK_A_CHECKPOINT);
  }

  @Override
  public List<Block> select(Selection selection) {
    return source.select(selection);
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    run.checkpoint();
    List<StreamStats> streams = source.streams(matchers, start, end);
    run.reserve(streams.size() * BYTES_A_STREAM);
    return streams;
  }
}
