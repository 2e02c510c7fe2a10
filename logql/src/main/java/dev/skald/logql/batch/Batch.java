package dev.skald.logql.batch;

import dev.skald.logql.Labels;
import java.util.List;
import java.util.Objects;

/**
 * Up to some ten thousand entries, held by columns. A row is one entry.
 *
 * <p>Rows of one stream lie together in <em>runs</em>; within a run they are in time order, and in
 * arrival order where times are equal. A stream may have several runs. Immutable; safe for use by
 * any thread.
 *
 * @param runs the streams of the rows; together they cover all rows, in order
 * @param timestamps unix nanoseconds, one a row
 * @param lines the text of the rows, or {@link Column.Absent} where no line was asked for
 * @param metadata the structured metadata that was asked for, one column a name
 */
public record Batch(
    List<Run> runs, long[] timestamps, Column lines, List<MetadataColumn> metadata) {

  /**
   * Rows {@code from} to {@code to - 1}, all of one stream.
   *
   * @param streamHash the stream's hash, which orders entries of equal time (logql.md §20.4)
   */
  public record Run(Labels labels, long streamHash, int from, int to) {}

  /** The structured metadata of one name. */
  public record MetadataColumn(String name, Column values) {}

  public Batch {
    runs = List.copyOf(runs);
    Objects.requireNonNull(timestamps, "timestamps is null");
    Objects.requireNonNull(lines, "lines is null");
    metadata = List.copyOf(metadata);
  }

  /** Returns the rows with other lines. */
  public Batch withLines(Column newLines) {
    return new Batch(runs, timestamps, newLines, metadata);
  }

  public int rows() {
    return timestamps.length;
  }
}
