package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.stage.SampleExtractor;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
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
  private final Stride work;

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
    this.work = context.work();
  }

  /** Yields the series of an expression; each counts as work, whatever it took to make it. */
  void evaluate(MetricExpr expr, SeriesSink sink) {
    walk(
        expr,
        series -> {
          work.step(series.work());
          sink.accept(series);
        });
  }

  private void walk(MetricExpr expr, SeriesSink sink) {
    switch (expr) {
      case RangeAggregation aggregation when GroupedAverage.isOne(aggregation) ->
          evaluate(GroupedAverage.asDivision(aggregation), sink);
      case RangeAggregation aggregation when GroupedExtreme.isOne(aggregation) ->
          grouped(aggregation, sink);
      case RangeAggregation aggregation -> range(aggregation, null, sink);
      case VectorAggregation aggregation -> vector(aggregation, sink);
      case Binary binary -> binary(binary, sink);
      case LabelReplace call -> evaluate(call.inner(), new LabelReplacer(call, sink));
      case Vector vector -> sink.accept(StepSeries.constant(Labels.EMPTY, vector.value(), grid));
      case Literal literal -> sink.accept(StepSeries.constant(Labels.EMPTY, literal.value(), grid));
      case Variants variants -> variants(variants, sink);
    }
  }

  /**
   * @param outer the vector aggregation directly around it, or null
   */
  private void range(RangeAggregation aggregation, VectorAggregation outer, SeriesSink sink) {
    RangeLimit.check(aggregation, limits);
    SampleExtractor extractor =
        SampleExtractor.compile(aggregation, outer, context.now(), new HeldMemory(context));
    new RangeEvaluation(aggregation, grid, reader, context, stats).evaluate(extractor, sink);
  }

  private void grouped(RangeAggregation extreme, SeriesSink sink) {
    VectorAggregation outer = GroupedExtreme.grouped(extreme);
    VectorEvaluation groups = new VectorEvaluation(outer, grid, context);
    range(extreme, null, groups);
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
      case APPROX_TOPK -> {
        ApproxTopK top = new ApproxTopK(aggregation, context);
        evaluate(aggregation.inner(), top);
        top.finish(sink);
      }
    }
  }

  private void inner(VectorAggregation outer, SeriesSink sink) {
    if (outer.inner() instanceof RangeAggregation aggregation && aggregation.grouping() == null) {
      range(aggregation, outer, sink);
    } else {
      evaluate(outer.inner(), sink);
    }
  }

  private void sorted(MetricExpr inner, boolean descending, SeriesSink sink) {
    if (grid.steps() > 1) {
      evaluate(inner, sink);
      return;
    }
    List<StepSeries> series = held(inner);
    SortSeries.sort(series, descending, work);
    series.forEach(sink::accept);
  }

  private void binary(Binary binary, SeriesSink sink) {
    if (binary.right() instanceof Literal right) {
      evaluate(binary.left(), new ScalarOperation(binary, right.value(), false, sink));
    } else if (binary.left() instanceof Literal left) {
      evaluate(binary.right(), new ScalarOperation(binary, left.value(), true, sink));
    } else if (binary.op().set()) {
      new SetOperation(binary, grid, context)
          .evaluate(held(binary.left()), held(binary.right()), sink);
    } else {
      List<StepSeries> left = held(binary.left());
      new VectorMatching(binary, grid, context).evaluate(left, held(binary.right()), sink);
    }
  }

  private void variants(Variants variants, SeriesSink sink) {
    VariantParts parts = new VariantParts(variants.range());
    for (int i = 0; i < variants.variants().size(); i++) {
      evaluate(parts.over(variants.variants().get(i)), new VariantLabel(i, sink));
    }
  }

  private List<StepSeries> held(MetricExpr expr) {
    HeldSeries held = new HeldSeries(context);
    evaluate(expr, held);
    return held.series();
  }
}
