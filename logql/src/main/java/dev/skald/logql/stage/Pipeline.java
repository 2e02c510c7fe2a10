package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.syntax.LogExpr;

/** The compiled stages of a log query. Holds the row it works on: one thread at a time. */
public final class Pipeline {

  /**
   * Compiles the stages of a log query.
   *
   * @throws dev.skald.logql.syntax.ParseException if a stage is malformed, with Loki's text {@code
   *     parse error : stage '…' : …}
   */
  public static Pipeline compile(LogExpr query) {
    throw new UnsupportedOperationException();
  }

  /** Returns what the stages and a reader of their results need of an entry. */
  public Columns columns() {
    throw new UnsupportedOperationException();
  }

  /** Passes the rows of a batch through the stages, in order; the sink gets those that survive. */
  public void run(Batch batch, RowSink sink) {
    throw new UnsupportedOperationException();
  }
}
