package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.stage.SeriesLabels.Kind;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.StageExpr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns the entries of a metric query's range into samples, and their labels into numbered series
 * (logql.md §15). Holds the row it works on: one thread at a time.
 */
public final class SampleExtractor implements BlockNeeds {
  private final Columns columns;
  private final BatchReader reader;
  private final SampleValue value;
  private final SeriesNumbering series;

  /** Does the work where no stage but the leading line filters is left; else null. */
  private final RunSampler sampler;

  private SampleExtractor(
      Columns columns,
      BatchReader reader,
      SampleValue value,
      SeriesNumbering series,
      RunSampler sampler) {
    this.columns = columns;
    this.reader = reader;
    this.value = value;
    this.series = series;
    this.sampler = sampler;
  }

  /**
   * Compiles as {@link #compile(RangeAggregation, VectorAggregation, Instant, Watch)} does; {@code
   * now} is the epoch.
   */
  public static SampleExtractor compile(RangeAggregation aggregation, VectorAggregation outer) {
    return compile(aggregation, outer, Instant.EPOCH, Watch.NONE);
  }

  /**
   * Compiles the pipeline of a range aggregation.
   *
   * @param outer the vector aggregation directly around the range aggregation, whose grouping the
   *     extraction may take over as far as that changes nothing; null where there is none
   * @param now the time that templates see as {@code now}
   * @param watch hears from the stages while they work
   * @throws dev.skald.logql.syntax.ParseException if a stage is malformed
   */
  public static SampleExtractor compile(
      RangeAggregation aggregation, VectorAggregation outer, Instant now, Watch watch) {
    SeriesLabels wanted = SeriesLabels.of(aggregation, outer);
    boolean countsBytes = ColumnNeeds.countsBytes(aggregation.op());
    List<StageExpr> stages = aggregation.range().query().stages();
    if (!countsBytes) {
      stages = withoutIdleLineFormats(stages);
    }
    Unwrap unwrap = aggregation.range().unwrap();
    List<String> groupNames = wanted.kind() == Kind.BY ? wanted.names() : List.of();
    Set<String> required = RequiredLabels.of(stages, unwrap, groupNames);
    boolean skipParsers = wanted.kind() == Kind.NONE && required.isEmpty();

    LabelStore labels = new LabelStore();
    Row row = new Row(labels);
    CompiledStages compiled = new StageCompiler(row, now, skipParsers).compile(stages);
    if (!wanted.parsesAll()) {
      labels.require(required);
    }
    if (wanted.kind() != Kind.BY || wanted.parsesAll()) {
      StageCompiler.bindEarlyTests(stages, labels);
    }
    UnwrapStep step = unwrap == null ? null : new UnwrapStep(labels, unwrap);
    SeriesNumbering series = new SeriesNumbering(labels, wanted, step == null ? null : step.slot);
    labels.seal();
    row.watch(stagesBytes -> watch.look(stagesBytes + series.heldBytes()));
    BatchReader reader = new BatchReader(row, compiled);
    SampleValue value = new SampleValue(step, countsBytes);
    boolean sampled = compiled.stages().length == 0 && step == null;
    return new SampleExtractor(
        ColumnNeeds.of(aggregation, stages, wanted, required, skipParsers),
        reader,
        value,
        series,
        sampled ? new RunSampler(row, reader, series, value) : null);
  }

  /** A line that is formatted and then looked at by nobody need not be formatted (§8.4). */
  private static List<StageExpr> withoutIdleLineFormats(List<StageExpr> stages) {
    List<StageExpr> kept = new ArrayList<>();
    boolean lineIsRead = false;
    for (StageExpr stage : stages.reversed()) {
      if (stage instanceof StageExpr.LineFormat && !lineIsRead) {
        continue;
      }
      lineIsRead |= stage instanceof StageExpr.LineFilter || parses(stage);
      kept.addFirst(stage);
    }
    return kept;
  }

  private static boolean parses(StageExpr stage) {
    return ColumnNeeds.isSkippable(stage) || stage instanceof StageExpr.Regexp;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public boolean testsLinesFirst() {
    return reader.testsLinesFirst();
  }

  @Override
  public boolean anyLinePasses(Batch lines) {
    return reader.anyLinePasses(lines);
  }

  /** Extracts the samples of a batch, run by run, within a run in time order. */
  public void run(Batch batch, SampleSink sink) {
    reader.startBatch();
    series.startBatch();
    if (sampler != null) {
      sampler.sample(batch, sink);
    } else {
      reader.read(batch, row -> extract(row, sink));
    }
  }

  private void extract(Row row, SampleSink sink) {
    if (value.process(row)) {
      series.enterStream(row.streamLabels());
      sink.accept(series.number(), row.timestamp(), value.of(row));
    }
  }

  /** Has the watch look at what is held now. */
  public void look() {
    reader.look();
  }

  /** Returns the number of series met so far. */
  public int seriesCount() {
    return series.table().count();
  }

  /** Returns the labels of a series; those of an erroring one hold {@code __error__} (§15.4). */
  public Labels series(int number) {
    return series.table().labels(number);
  }
}
