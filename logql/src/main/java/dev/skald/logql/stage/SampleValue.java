package dev.skald.logql.stage;

/**
 * What a sample counts (logql.md §15.1): an unwrapped label, the bytes of the line, or the entry.
 *
 * @param unwrap null where lines themselves are counted
 * @param bytes whether a line counts with its length
 */
record SampleValue(UnwrapStep unwrap, boolean bytes) {

  /** Returns whether an entry that has passed the stages gives a sample. */
  boolean process(Row row) {
    return unwrap == null || unwrap.process(row);
  }

  /** Returns the value of an entry that gives a sample. */
  double of(Row row) {
    return unwrap != null ? unwrap.value() : bytes ? row.line.length : 1;
  }
}
