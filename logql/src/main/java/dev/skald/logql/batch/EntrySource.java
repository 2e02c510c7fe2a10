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
}
