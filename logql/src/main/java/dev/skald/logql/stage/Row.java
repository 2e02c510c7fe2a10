package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;

/**
 * One entry on its way through a pipeline: its line, its labels by category, its error (logql.md
 * §8.1). Reused from entry to entry: whoever keeps something of it copies it. Not safe for use by
 * several threads.
 */
public final class Row {

  /** The labels of an entry by where they come from, as {@code categorize-labels} wants them. */
  public record LabelGroups(Labels stream, Labels structuredMetadata, Labels parsed) {}

  /** Unix nanoseconds. */
  public long timestamp() {
    throw new UnsupportedOperationException();
  }

  /** The labels of the entry's stream as stored, before any stage. */
  public Labels streamLabels() {
    throw new UnsupportedOperationException();
  }

  /** The hash of the stream's labels (logql.md §20.4). */
  public long streamHash() {
    throw new UnsupportedOperationException();
  }

  /** The line as the stages so far have left it; valid until the next entry. */
  public Slice line() {
    throw new UnsupportedOperationException();
  }

  /** Returns the labels after the stages so far, errors among the parsed ones. */
  public LabelGroups labels() {
    throw new UnsupportedOperationException();
  }
}
