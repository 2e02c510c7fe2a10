package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.stage.Pipeline;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.StageExpr;
import java.time.Instant;
import java.util.List;

/**
 * Finds the fields of lines whose form nobody has named: JSON if that works without an error, else
 * logfmt. Not safe for use by several threads.
 */
final class LineFields {
  static final String JSON = "json";
  static final String LOGFMT = "logfmt";

  private static final String ERROR = "__error__";

  private final Pipeline json;
  private final Pipeline logfmt;
  private Labels found;

  /** What a line holds and by which parser it was found. */
  record Parsed(String parser, Labels fields) {}

  /**
   * @param pause runs now and then while a line is parsed; what it throws ends that
   */
  LineFields(Runnable pause) {
    this.json = pipeline(new StageExpr.Json(List.of()), pause);
    this.logfmt = pipeline(new StageExpr.Logfmt(false, false, List.of()), pause);
  }

  private static Pipeline pipeline(StageExpr stage, Runnable pause) {
    LogExpr query = new LogExpr(List.of(), List.of(stage));
    return Pipeline.compile(query, Instant.EPOCH, heldBytes -> pause.run());
  }

  /**
   * Parses a line.
   *
   * @param stream a field that has the name of one of these labels gets the suffix {@code
   *     _extracted}
   */
  Parsed parse(Labels stream, byte[] line) {
    Labels fields = run(json, stream, line);
    return fields.get(ERROR) == null
        ? new Parsed(JSON, fields)
        : new Parsed(LOGFMT, run(logfmt, stream, line));
  }

  private Labels run(Pipeline pipeline, Labels stream, byte[] line) {
    found = Labels.EMPTY;
    Batch.Run run = new Batch.Run(stream, 0, 0, 1);
    pipeline.run(
        new Batch(List.of(run), new long[1], new Column.Constant(line), List.of()),
        row -> found = row.labels().parsed());
    return found;
  }
}
