package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.stage.SampleExtractor;
import dev.skald.logql.stage.SampleSink;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Evaluates a range aggregation: reads each entry once and yields one series after the other. */
final class RangeEvaluation {
  private static final int ROWS_A_CHECKPOINT = 4096;

  private final RangeAggregation aggregation;
  private final TimeBuckets buckets;
  private final StepGrid grid;
  private final BlockReader reader;
  private final QueryContext context;
  private final EvalStats stats;
  private final boolean absent;

  RangeEvaluation(
      RangeAggregation aggregation,
      StepGrid grid,
      BlockReader reader,
      QueryContext context,
      EvalStats stats) {
    this.aggregation = aggregation;
    this.grid = grid;
    this.buckets =
        new TimeBuckets(grid, aggregation.range().rangeNanos(), aggregation.range().offsetNanos());
    this.reader = reader;
    this.context = context;
    this.stats = stats;
    this.absent = aggregation.op() == RangeOp.ABSENT_OVER_TIME;
  }

  /** Yields the series; each label set once. */
  void evaluate(SampleExtractor extractor, SeriesSink sink) {
    SampleFold fold = SampleFold.of(RangeFunction.of(aggregation), buckets, context);
    if (aggregation.range().rangeNanos() <= 0) {
      return;
    }
    read(extractor, fold);
    if (absent) {
      sink.accept(AbsentOverTime.of(aggregation, fold.finish(0, Labels.EMPTY), grid));
      return;
    }
    Stride work = context.work();
    for (int series = 0; series < extractor.seriesCount(); series++) {
      StepSeries values = fold.finish(series, extractor.series(series));
      work.step(values.work());
      if (!values.isEmpty()) {
        PipelineErrors.check(values.labels());
        sink.accept(values);
      }
    }
  }

  private void read(SampleExtractor extractor, SampleFold fold) {
    SampleSink sink = new CountingSink(fold, extractor);
    List<Block> blocks = blocks(extractor);
    try {
      for (Block block : blocks) {
        extractor.run(reader.read(block, extractor), sink);
      }
    } finally {
      blocks.forEach(Block::release);
    }
  }

  /** Returns the blocks from old to new, so that the buckets of a series grow at their end. */
  private List<Block> blocks(SampleExtractor extractor) {
    long start = buckets.windowStart(0);
    long end = buckets.windowEnd(grid.steps() - 1);
    Selection selection =
        new Selection(
            aggregation.range().query().matchers(),
            start == Long.MAX_VALUE ? start : start + 1,
            end == Long.MAX_VALUE ? end : end + 1,
            extractor.columns());
    List<Block> blocks = new ArrayList<>(reader.select(selection));
    blocks.sort(context.work().counting(Comparator.comparingLong(Block::minTime)));
    return blocks;
  }

  private final class CountingSink implements SampleSink {
    private final SampleFold fold;
    private final SampleExtractor extractor;
    private int seriesSeen;
    private int untilCheckpoint = ROWS_A_CHECKPOINT;

    CountingSink(SampleFold fold, SampleExtractor extractor) {
      this.fold = fold;
      this.extractor = extractor;
    }

    @Override
    public void accept(int series, long timestamp, double value) {
      if (--untilCheckpoint == 0 || series >= seriesSeen) {
        untilCheckpoint = ROWS_A_CHECKPOINT;
        seriesSeen = Math.max(seriesSeen, series + 1);
        extractor.look();
      }
      stats.keep();
      fold.accept(absent ? 0 : series, timestamp, value);
    }
  }
}
