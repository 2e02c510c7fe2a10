package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.stage.Row.LabelGroups;
import java.util.List;

/** The answer to a query. */
public sealed interface QueryResult {

  /** Returns what the client should know although the query succeeded. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * The answer to a log query.
   *
   * @param entries in the order of the query over all streams (logql.md §20.4)
   */
  record Streams(List<LogEntry> entries) implements QueryResult {
    public Streams {
      entries = List.copyOf(entries);
    }

    /** Groups as the other does, without a pause. */
    public List<ResultStream> byAllLabels() {
      return byAllLabels(() -> {});
    }

    /**
     * Groups the entries by all their labels, as clients without {@code categorize-labels} want.
     *
     * @param pause runs now and then meanwhile; what it throws ends that
     */
    public List<ResultStream> byAllLabels(Runnable pause) {
      return ResultStream.group(entries, LogEntry::combine, pause);
    }

    /**
     * Groups the entries by what the pipeline left of their stream's labels.
     *
     * @param pause runs now and then meanwhile; what it throws ends that
     */
    public List<ResultStream> byStreamLabels(Runnable pause) {
      return ResultStream.group(entries, LabelGroups::stream, pause);
    }
  }

  /** The answer to a metric query over a range, sorted as logql.md §22 says. */
  record Matrix(List<Series> series, List<String> warnings) implements QueryResult {
    public Matrix {
      series = List.copyOf(series);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One series of a matrix.
   *
   * @param times unix milliseconds; a time may stand twice after {@code label_replace} (§19)
   * @param values one a time
   */
  record Series(Labels labels, long[] times, double[] values) {}

  /**
   * The answer to a metric query at one time.
   *
   * @param time unix milliseconds
   * @param labels one set an element, sorted as logql.md §22 says
   * @param values one an element
   */
  record Vector(long time, List<Labels> labels, double[] values, List<String> warnings)
      implements QueryResult {
    public Vector {
      labels = List.copyOf(labels);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The answer to a number as a query.
   *
   * @param time unix milliseconds
   */
  record Scalar(long time, double value) implements QueryResult {}
}
