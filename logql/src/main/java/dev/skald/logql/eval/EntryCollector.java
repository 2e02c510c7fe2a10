package dev.skald.logql.eval;

import dev.skald.logql.stage.RowSink;
import java.util.List;

/** Takes the rows that pass the pipeline of a log query, block by block, and makes the result. */
sealed interface EntryCollector extends RowSink permits BestEntries, SpacedEntries {

  /**
   * Returns whether entries may still become part of the result if none of those to come stands
   * before a time in the order of the query.
   */
  boolean wants(long nearest);

  /** Says that the rows to come are of another block; rows of higher numbers arrived later. */
  void startBlock(int number);

  /** Returns the result, in the order of the query. */
  List<LogEntry> finish();
}
