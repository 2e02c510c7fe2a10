package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.stage.SampleExtractor;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.List;

/**
 * Walks a metric expression. Each part of it yields its series one by one, so that a part that
 * needs only one at a time, as {@code sum} does, never holds all.
 */
final class MetricEvaluator {
  private final StepGrid grid;
  private final BlockReader reader;
  private final QueryContext context;
  private final EngineLimits limits;
  private final EvalStats stats;

  MetricEvaluator(
      StepGrid grid,
      BlockReader reader,
      QueryContext context,
      EngineLimits limits,
      EvalStats stats) {
    this.grid = grid;
    this.reader = reader;
    this.context = context;
    this.limits = limits;
    this.stats = stats;
  }

  void evaluate(MetricExpr expr, SeriesSink sink) {
    switch (expr) {
      case RangeAggregation aggregation when GroupedAverage.isOne(aggregation) ->
          evaluate(GroupedAverage.asDivision(aggregation), sink);
      case RangeAggregation aggregation when GroupedExtreme.isOne(aggregation) ->
          grouped(aggregation, sink);
      case RangeAggregation aggregation -> range(aggregation, false, null, sink);
      case VectorAggregation aggregation -> vector(aggregation, sink);
      case Binary binary -> binary(binary, sink);
      case LabelReplace call -> evaluate(call.inner(), new LabelReplacer(call, sink));
      case Vector vector -> sink.accept(StepSeries.constant(Labels.EMPTY, vector.value(), grid));
      case Literal literal -> sink.accept(StepSeries.constant(Labels.EMPTY, literal.value(), grid));
      case Variants variants ->
          throw QueryException.badRequest("multi variant queries are disabled for this instance");
    }
  }

  private void range(
      RangeAggregation aggregation, boolean insideSum, Grouping outer, SeriesSink sink) {
    RangeLimit.check(aggregation, limits);
    SampleExtractor extractor = SampleExtractor.compile(aggregation, insideSum, outer);
    new RangeEvaluation(aggregation, grid, reader, context, stats).evaluate(extractor, sink);
  }

  private void grouped(RangeAggregation extreme, SeriesSink sink) {
    VectorAggregation outer = GroupedExtreme.grouped(extreme);
    VectorEvaluation groups = new VectorEvaluation(outer, grid, context);
    range(extreme, false, null, groups);
    groups.finish(sink);
  }

  private void vector(VectorAggregation aggregation, SeriesSink sink) {
    switch (aggregation.op()) {
      case SUM, AVG, MIN, MAX, COUNT, STDDEV, STDVAR -> {
        VectorEvaluation groups = new VectorEvaluation(aggregation, grid, context);
        inner(aggregation, groups);
        groups.finish(sink);
      }
      case TOPK, BOTTOMK -> {
        TopK top = new TopK(aggregation, grid, context);
        evaluate(aggregation.inner(), top);
        top.finish(sink);
      }
      case SORT -> sorted(aggregation.inner(), false, sink);
      case SORT_DESC -> sorted(aggregation.inner(), true, sink);
      case APPROX_TOPK ->
          throw new QueryException(
              QueryException.Kind.INTERNAL,
              "approx_topk is not enabled. See -limits.shard_aggregations");
    }
  }

  /** A sum lets the extraction of samples directly inside it know what it will ask for (§8.6). */
  private void inner(VectorAggregation outer, SeriesSink sink) {
    if (outer.op() == VectorOp.SUM
        && outer.inner() instanceof RangeAggregation aggregation
        && aggregation.grouping() == null
        && takesGrouping(aggregation)) {
      range(aggregation, true, outer.grouping(), sink);
    } else {
      evaluate(outer.inner(), sink);
    }
  }

  private static boolean takesGrouping(RangeAggregation aggregation) {
    return switch (aggregation.op()) {
      case RATE, COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME, SUM_OVER_TIME -> true;
      case RATE_COUNTER,
          AVG_OVER_TIME,
          MIN_OVER_TIME,
          MAX_OVER_TIME,
          STDVAR_OVER_TIME,
          STDDEV_OVER_TIME,
          QUANTILE_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME,
          ABSENT_OVER_TIME ->
          false;
    };
  }

  private void sorted(MetricExpr inner, boolean descending, SeriesSink sink) {
    if (grid.steps() > 1) {
      evaluate(inner, sink);
      return;
    }
    List<StepSeries> series = held(inner);
    SortSeries.sort(series, descending);
    series.forEach(sink::accept);
  }

  private void binary(Binary binary, SeriesSink sink) {
    if (binary.right() instanceof Literal right) {
      evaluate(binary.left(), new ScalarOperation(binary, right.value(), false, sink));
    } else if (binary.left() instanceof Literal left) {
      evaluate(binary.right(), new ScalarOperation(binary, left.value(), true, sink));
    } else if (binary.op().set()) {
      new SetOperation(binary, grid).evaluate(held(binary.left()), held(binary.right()), sink);
    } else {
      List<StepSeries> left = held(binary.left());
      new VectorMatching(binary, grid, context).evaluate(left, held(binary.right()), sink);
    }
  }

  private List<StepSeries> held(MetricExpr expr) {
    HeldSeries held = new HeldSeries(context);
    evaluate(expr, held);
    return held.series();
  }
}
