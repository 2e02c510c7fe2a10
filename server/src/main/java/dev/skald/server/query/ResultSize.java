package dev.skald.server.query;

import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.eval.QueryResult;

/** Says about how long a result is once it is encoded. */
final class ResultSize {
  private static final long ENTRY_BYTES = 100;
  private static final long POINT_BYTES = 30;

  private ResultSize() {}

  /** Returns how many bytes a result takes, labels left out. */
  static long of(QueryResult result) {
    return switch (result) {
      case QueryResult.Streams streams ->
          streams.entries().stream().mapToLong(ResultSize::of).sum();
      case QueryResult.Matrix matrix ->
          matrix.series().stream().mapToLong(series -> series.times().length).sum() * POINT_BYTES;
      case QueryResult.Vector vector -> vector.values().length * ENTRY_BYTES;
      case QueryResult.Scalar scalar -> POINT_BYTES;
    };
  }

  private static long of(LogEntry entry) {
    return ENTRY_BYTES + entry.line().length;
  }
}
