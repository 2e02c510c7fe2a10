package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Columns;

/**
 * What a compiled query needs of a block, and whether lines alone may show that it needs nothing.
 */
public interface BlockNeeds {

  /** Returns the columns that are needed of an entry that is not dropped by its line alone. */
  Columns columns();

  /** Returns whether the first thing that is done to an entry is to test its line. */
  boolean testsLinesFirst();

  /**
   * Returns whether a line of a batch passes that test.
   *
   * @param lines a batch of which nothing but the lines is looked at
   */
  boolean anyLinePasses(Batch lines);
}
