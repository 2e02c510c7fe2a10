package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.MetadataColumn;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.stage.Row.LabelGroups;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.Parser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Some lines of one stream, to be put through a pipeline. */
record Lines(Labels stream, Labels metadata, List<String> lines) {

  /** An entry that has passed a pipeline. */
  record Passed(String line, LabelGroups labels) {}

  static Lines of(String... lines) {
    return new Lines(Labels.of("t", "x"), Labels.EMPTY, List.of(lines));
  }

  Lines stream(String... namesAndValues) {
    return new Lines(Labels.of(namesAndValues), metadata, lines);
  }

  Lines metadata(String... namesAndValues) {
    return new Lines(stream, Labels.of(namesAndValues), lines);
  }

  /** Entry i has time i seconds. */
  Batch batch() {
    long[] times = new long[lines.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * 1_000_000_000L;
    }
    List<MetadataColumn> columns = new ArrayList<>();
    for (int i = 0; i < metadata.size(); i++) {
      byte[] value = metadata.value(i).getBytes(StandardCharsets.UTF_8);
      columns.add(new MetadataColumn(metadata.name(i), new Column.Constant(value)));
    }
    return new Batch(List.of(new Run(stream, 1, 0, times.length)), times, column(lines), columns);
  }

  static Column column(List<String> values) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] starts = new int[values.size()];
    int[] lengths = new int[values.size()];
    for (int i = 0; i < starts.length; i++) {
      byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
      starts[i] = all.size();
      lengths[i] = value.length;
      all.writeBytes(value);
    }
    return new Column.Plain(all.toByteArray(), starts, lengths);
  }

  /** Returns what passes the stages that stand behind a selector. */
  List<Passed> through(String stages) {
    Pipeline pipeline = Pipeline.compile(Parser.parseLogQuery("{t=\"x\"} " + stages));
    List<Passed> passed = new ArrayList<>();
    pipeline.run(batch(), row -> passed.add(new Passed(row.line().toString(), row.labels())));
    return passed;
  }

  /** Returns only the lines that pass. */
  List<String> linesThrough(String stages) {
    return through(stages).stream().map(Passed::line).toList();
  }

  /** Returns the parsed labels of the only entry. */
  Labels parsedBy(String stages) {
    List<Passed> passed = through(stages);
    if (passed.size() != 1) {
      throw new AssertionError(passed.size() + " entries pass, want one");
    }
    return passed.getFirst().labels().parsed();
  }

  /** Gives these lines to an extractor and the series of each sample to a sink. */
  void runThrough(SampleExtractor extractor, IntConsumer sink) {
    extractor.run(batch(), (series, time, value) -> sink.accept(series));
  }

  static SampleExtractor extractor(String query) {
    return switch (Parser.parse(query)) {
      case RangeAggregation range -> SampleExtractor.compile(range, null);
      case VectorAggregation vector when vector.inner() instanceof RangeAggregation range ->
          SampleExtractor.compile(range, vector);
      default -> throw new AssertionError("no range aggregation: " + query);
    };
  }

  /** Returns the sum of the samples of each series of a query over these lines. */
  Map<String, Double> sums(String query) {
    SampleExtractor extractor = extractor(query);
    Map<String, Double> sums = new TreeMap<>();
    extractor.run(
        batch(),
        (series, time, value) ->
            sums.merge(extractor.series(series).toString(), value, Double::sum));
    return sums;
  }
}
