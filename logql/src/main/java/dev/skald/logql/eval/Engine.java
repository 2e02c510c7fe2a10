package dev.skald.logql.eval;

import dev.skald.logql.QueryException;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.List;

/**
 * Evaluates one query over one source (logql.md §20). All work is done in the thread that calls;
 * one thread at a time.
 *
 * <p>Besides {@link QueryException}, which is the client's to see, what a source throws passes
 * through.
 */
public final class Engine {
  private final QueryContext context;
  private final EngineLimits limits;
  private final EvalStats stats = new EvalStats();
  private final BlockReader reader;

  public Engine(EntrySource source, QueryContext context, EngineLimits limits) {
    this.context = context;
    this.limits = limits;
    this.reader = new BlockReader(source, context, stats);
  }

  /** Returns what the query has done so far, also after it has failed. */
  public EvalStats stats() {
    return stats;
  }

  /**
   * Evaluates a query over a range of time: to streams, or to a matrix at all multiples of the step
   * from {@code start} rounded down to {@code end} rounded up.
   *
   * @throws QueryException if the query cannot be answered
   */
  public QueryResult range(Expr expr, RangeParameters parameters) {
    return switch (expr) {
      case LogExpr query -> {
        EntryCollector collector = LogQuery.collector(parameters, context);
        yield new QueryResult.Streams(
            new LogQuery(query, parameters, reader, context, stats, collector).run());
      }
      case MetricExpr metric -> {
        new FeatureCheck(limits, false).check(metric);
        StepGrid grid = StepGrid.aligned(parameters);
        MatrixBuilder result = new MatrixBuilder(grid, context, limits);
        evaluate(metric, grid, result);
        yield result.build();
      }
    };
  }

  /**
   * Returns the oldest entries of a log query, so many that they take about so much memory.
   *
   * @param start first wanted time, in unix nanoseconds
   * @param end first time that is not wanted any more
   * @param maxBytes how much memory they may take, though there is always one if there is any
   * @throws QueryException if the query cannot be answered
   */
  public EntryPage page(LogExpr query, long start, long end, long maxBytes) {
    RangeParameters parameters =
        new RangeParameters(start, end, 1, Integer.MAX_VALUE, Direction.FORWARD, 0);
    BestEntries collector =
        new BestEntries(Direction.FORWARD, Integer.MAX_VALUE, maxBytes, context);
    List<LogEntry> entries =
        new LogQuery(query, parameters, reader, context, stats, collector).run();
    return new EntryPage(entries, collector.isCut());
  }

  /**
   * Evaluates a metric query at one time, in unix nanoseconds: to a vector, or to a scalar if the
   * query is a number.
   *
   * @throws QueryException if the query cannot be answered, or asks for log lines
   */
  public QueryResult instant(Expr expr, long time) {
    StepGrid grid = StepGrid.instant(time);
    return switch (expr) {
      case LogExpr query ->
          throw QueryException.badRequest(
              "log queries are not supported as an instant query type,"
                  + " please change your query to a range query type");
      case Literal literal -> new QueryResult.Scalar(grid.millis(0), literal.value());
      case MetricExpr metric -> {
        new FeatureCheck(limits, true).check(metric);
        VectorBuilder result = new VectorBuilder(grid, context, limits);
        evaluate(metric, grid, result);
        yield result.build(holdsSort(metric));
      }
    };
  }

  private void evaluate(MetricExpr expr, StepGrid grid, SeriesSink sink) {
    stats.split();
    new MetricEvaluator(grid, reader, context, limits, stats).evaluate(expr, sink);
  }

  private static boolean holdsSort(MetricExpr expr) {
    return switch (expr) {
      case VectorAggregation aggregation ->
          aggregation.op() == VectorOp.SORT
              || aggregation.op() == VectorOp.SORT_DESC
              || holdsSort(aggregation.inner());
      case Binary binary -> holdsSort(binary.left()) || holdsSort(binary.right());
      case LabelReplace call -> holdsSort(call.inner());
      case RangeAggregation aggregation -> false;
      case Vector vector -> false;
      case Literal literal -> false;
      case Variants variants -> variants.variants().stream().anyMatch(Engine::holdsSort);
    };
  }
}
