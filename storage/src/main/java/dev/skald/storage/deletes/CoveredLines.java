package dev.skald.storage.deletes;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.stage.Pipeline;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.storage.catalog.DeleteRequest;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The lines that a delete request covers: those in its range of time that its query would answer.
 * Safe for use by any thread.
 */
public final class CoveredLines {
  private final DeleteRequest request;
  private final LogExpr query;
  private final Queue<Pipeline> pipelines = new ConcurrentLinkedQueue<>();

  private CoveredLines(DeleteRequest request, LogExpr query) {
    this.request = request;
    this.query = query;
  }

  /**
   * Compiles a request.
   *
   * @throws QueryException if its query is none of LogQL that asks for lines
   */
  public static CoveredLines of(DeleteRequest request) {
    CoveredLines covered = new CoveredLines(request, Parser.parseAnyLogQuery(request.query()));
    if (covered.hasFilter()) {
      covered.giveBack(covered.pipeline());
    }
    return covered;
  }

  public DeleteRequest request() {
    return request;
  }

  /** Returns whether the lines have to be looked at, beside their streams and times. */
  public boolean hasFilter() {
    return !query.stages().isEmpty();
  }

  /** Returns whether it may cover lines in {@code [start, end)}. */
  boolean overlaps(long start, long end) {
    return request.start() < end && request.end() >= start;
  }

  boolean matches(Labels stream) {
    for (Matcher matcher : query.matchers()) {
      if (!matcher.matches(stream)) {
        return false;
      }
    }
    return true;
  }

  /** Returns what a source is asked to find the covered lines. */
  public Selection selection() {
    long end = request.end() == Long.MAX_VALUE ? request.end() : request.end() + 1;
    Columns columns = hasFilter() ? Columns.ALL : Columns.TIMES_ONLY;
    return new Selection(query.matchers(), request.start(), end, columns);
  }

  /** Adds the rows whose streams and times are those of the request. */
  void addCandidates(Batch batch, BitSet rows) {
    for (Batch.Run run : batch.runs()) {
      if (matches(run.labels())) {
        int from = lowerBound(batch.timestamps(), run.from(), run.to(), request.start());
        int to =
            request.end() == Long.MAX_VALUE
                ? run.to()
                : lowerBound(batch.timestamps(), from, run.to(), request.end() + 1);
        rows.set(from, to);
      }
    }
  }

  private static int lowerBound(long[] times, int from, int to, long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Adds those of the candidates that pass the filter.
   *
   * @param batch with all columns
   * @param pause runs now and then meanwhile; what it throws ends that
   */
  void addPassing(Batch batch, BitSet candidates, BitSet rows, Runnable pause) {
    int[] places = candidates.stream().toArray();
    Pipeline pipeline = pipeline();
    BitSet passing = pipeline.passing(KeptRows.of(batch, candidates), heldBytes -> pause.run());
    giveBack(pipeline);
    passing.stream().forEach(row -> rows.set(places[row]));
  }

  private Pipeline pipeline() {
    Pipeline free = pipelines.poll();
    return free == null ? Pipeline.compile(query) : free;
  }

  private void giveBack(Pipeline pipeline) {
    pipelines.add(pipeline);
  }
}
