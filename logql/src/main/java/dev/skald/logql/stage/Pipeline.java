package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.syntax.LogExpr;
import java.time.Instant;
import java.util.BitSet;

/** The compiled stages of a log query. Holds the row it works on: one thread at a time. */
public final class Pipeline implements BlockNeeds {
  private final BatchReader reader;

  private Pipeline(BatchReader reader) {
    this.reader = reader;
  }

  /** Compiles as {@link #compile(LogExpr, Instant, Watch)} does; {@code now} is the epoch. */
  public static Pipeline compile(LogExpr query) {
    return compile(query, Instant.EPOCH, Watch.NONE);
  }

  /** Compiles as {@link #compile(LogExpr, Instant, Watch)} does, for whom nobody watches. */
  public static Pipeline compile(LogExpr query, Instant now) {
    return compile(query, now, Watch.NONE);
  }

  /**
   * Compiles the stages of a log query.
   *
   * @param now the time that templates see as {@code now}
   * @param watch hears from the stages while they work
   * @throws dev.skald.logql.syntax.ParseException if a stage is malformed, with Loki's text {@code
   *     parse error : stage '…' : …}
   */
  public static Pipeline compile(LogExpr query, Instant now, Watch watch) {
    LabelStore labels = new LabelStore();
    Row row = new Row(labels);
    row.watch(watch);
    CompiledStages stages = new StageCompiler(row, now, false).compile(query.stages());
    StageCompiler.bindEarlyTests(query.stages(), labels);
    labels.seal();
    return new Pipeline(new BatchReader(row, stages));
  }

  @Override
  public Columns columns() {
    return Columns.ALL;
  }

  @Override
  public boolean testsLinesFirst() {
    return reader.testsLinesFirst();
  }

  @Override
  public boolean anyLinePasses(Batch lines) {
    return reader.anyLinePasses(lines);
  }

  /** Passes the rows of a batch through the stages, in order; the sink gets those that survive. */
  public void run(Batch batch, RowSink sink) {
    reader.startBatch();
    reader.read(batch, sink);
  }

  /** Returns the rows of a batch that pass all stages. */
  public BitSet passing(Batch batch) {
    return passing(batch, Watch.NONE);
  }

  /**
   * Returns the rows of a batch that pass all stages.
   *
   * @param watch hears from the stages while they work, in place of any other from now on
   */
  public BitSet passing(Batch batch, Watch watch) {
    reader.watch(watch);
    reader.startBatch();
    return reader.survivors(batch);
  }
}
