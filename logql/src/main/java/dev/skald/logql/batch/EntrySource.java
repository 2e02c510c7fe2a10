package dev.skald.logql.batch;

import dev.skald.logql.Matcher;
import java.util.List;

/** Holds the entries of one tenant. Safe for use by any thread. */
public interface EntrySource {

  /**
   * Returns the blocks that may hold wanted entries, in no order. Together they are one consistent
   * view: every entry that had been accepted before the call is in exactly one of them. Release
   * each of them once it is not needed any more.
   */
  List<Block> select(Selection selection);

  /**
   * Returns the streams that may have entries in {@code [start, end)}, each once.
   *
   * @param matchers what the labels of a stream must pass; none means every stream
   */
  List<StreamStats> streams(List<Matcher> matchers, long start, long end);

  /**
   * Returns the same entries for one caller that may have to stop in the middle.
   *
   * @param pause runs every few milliseconds while the source and its blocks are at work, or wait
   *     for a store that is far away, on the thread that called; what it throws ends that. A source
   *     that is never long at work need not run it
   */
  default EntrySource pausing(Runnable pause) {
    return this;
  }
}
