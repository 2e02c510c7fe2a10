package dev.skald.logql.stage;

/** Takes the entries that pass a pipeline. */
@FunctionalInterface
public interface RowSink {
  /** Takes an entry; the row is only valid during the call. */
  void accept(Row row);
}
