package dev.skald.server.query;

import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Scalar;
import dev.skald.logql.eval.QueryResult.Series;
import dev.skald.logql.eval.QueryResult.Streams;
import dev.skald.logql.eval.QueryResult.Vector;
import dev.skald.logql.eval.ResultStream;
import dev.skald.querier.Answer;
import dev.skald.server.http.StreamedBody;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Loki's JSON for the answer to a query (http-api.md §3). */
final class ResultEncoder {
  private final JsonOutput out = new JsonOutput();
  private final EncodingFlags flags;
  private final boolean categorize;
  private StreamedBody.Sink sink;

  /**
   * @param flags which decide whether an entry tells its labels apart by where they come from
   *     (§3.3)
   */
  ResultEncoder(EncodingFlags flags) {
    this.flags = flags;
    this.categorize = flags.categorize();
  }

  /** Has what is encoded sent piece by piece. */
  ResultEncoder spillTo(StreamedBody.Sink someSink) {
    sink = someSink;
    return this;
  }

  /** Once the client has gone, what makes the body is interrupted. */
  private void check() {
    if (sink != null && Thread.currentThread().isInterrupted()) {
      throw new UncheckedIOException(new InterruptedIOException("the client has gone"));
    }
  }

  private void spill() {
    if (sink != null) {
      out.spill(sink);
    }
  }

  /** Encodes an answer; the output's bytes are the body of the reply. */
  JsonOutput encode(Answer answer) {
    QueryResult result = answer.result();
    out.raw("{\"status\":\"success\"");
    if (result instanceof Streams) {
      warnings(result.warnings());
    }
    out.raw(",\"data\":{\"resultType\":\"");
    switch (result) {
      case Streams streams -> streams(streams);
      case Matrix matrix -> matrix(matrix);
      case Vector vector -> vector(vector);
      case Scalar scalar -> scalar(scalar);
    }
    StatsEncoder.encode(out.raw(",\"stats\":"), answer);
    out.raw('}');
    if (!(result instanceof Streams)) {
      warnings(result.warnings());
      return out.raw('}');
    }
    return out.raw("}\n");
  }

  private void warnings(List<String> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    out.raw(",\"warnings\":[");
    for (int i = 0; i < warnings.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(warnings.get(i));
    }
    out.raw(']');
  }

  private void streams(Streams result) {
    out.raw("streams\"");
    flags.write(out);
    out.raw(",\"result\":[");
    List<ResultStream> streams =
        categorize ? result.byStreamLabels(this::check) : result.byAllLabels(this::check);
    for (int i = 0; i < streams.size(); i++) {
      out.raw(i == 0 ? "" : ",").raw("{\"stream\":").labels(streams.get(i).labels(), false);
      out.raw(",\"values\":[");
      List<LogEntry> entries = streams.get(i).entries();
      for (int j = 0; j < entries.size(); j++) {
        out.raw(j == 0 ? "" : ",");
        EntryJson.write(out, entries.get(j), categorize);
        spill();
      }
      out.raw("]}");
    }
    out.raw(']');
  }

  private void matrix(Matrix matrix) {
    out.raw("matrix\",\"result\":[");
    for (int i = 0; i < matrix.series().size(); i++) {
      Series series = matrix.series().get(i);
      out.raw(i == 0 ? "" : ",").raw("{\"metric\":").labels(series.labels(), true);
      out.raw(",\"values\":[");
      for (int j = 0; j < series.times().length; j++) {
        out.raw(j == 0 ? "[" : ",[").seconds(series.times()[j]).raw(',');
        out.value(series.values()[j]).raw(']');
        spill();
      }
      out.raw("]}");
    }
    out.raw(']');
  }

  private void vector(Vector vector) {
    out.raw("vector\",\"result\":[");
    for (int i = 0; i < vector.labels().size(); i++) {
      out.raw(i == 0 ? "" : ",").raw("{\"metric\":").labels(vector.labels().get(i), true);
      out.raw(",\"value\":[").seconds(vector.time()).raw(',');
      out.value(vector.values()[i]).raw("]}");
      spill();
    }
    out.raw(']');
  }

  private void scalar(Scalar scalar) {
    out.raw("scalar\",\"result\":[").seconds(scalar.time()).raw(',');
    out.value(scalar.value()).raw(']');
  }
}
