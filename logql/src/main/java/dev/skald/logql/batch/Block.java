package dev.skald.logql.batch;

/**
 * A part of a source that is read in one go. Its bounds are known before it is read, so that a
 * query that has enough never reads it. Safe for use by any thread.
 */
public interface Block {

  /** A lower bound of the times in this block, in unix nanoseconds. */
  long minTime();

  /** An upper bound of the times in this block, in unix nanoseconds. */
  long maxTime();

  /**
   * Reads the block: a batch that holds exactly the entries that the selection wants, by stream and
   * time; possibly none. A block that is read again has the same rows in the same places, so that
   * some columns may be read first and others later; one whose bytes have gone bad is empty.
   *
   * @param columns those that are read: all or fewer of those that the selection named
   * @throws java.io.UncheckedIOException if the bytes cannot be read
   */
  Batch read(Columns columns);

  /**
   * Returns about how many bytes of memory a read of some columns takes, before it is done; 0 where
   * that is not known.
   */
  default long memory(Columns columns) {
    return 0;
  }

  /** Returns how many bytes of its store the last read took, as they lie there. */
  default long storedBytes() {
    return 0;
  }

  /** Whether the block is in memory because it is too young to be stored. */
  default boolean recent() {
    return false;
  }

  /**
   * Says that this block will not be read any more, so that what was loaded ahead of a read is let
   * go. Whoever selects blocks calls this on each of them in the end, read or not.
   */
  default void release() {}
}
