package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.MetadataColumn;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunSamplerTest {
  private static final Column LEVELS =
      new Column.Dictionary(
          new int[] {0, 1, -1, 0}, new byte[][] {Bytes.utf8("info"), Bytes.utf8("warn")});

  private static List<String> samples(String query, List<MetadataColumn> metadata) {
    Batch batch =
        new Batch(
            List.of(
                new Run(Labels.of("app", "a"), 1, 0, 2), new Run(Labels.of("app", "b"), 2, 2, 4)),
            new long[] {1, 2, 1, 2},
            Lines.column(List.of("x", "yy", "x", "xyz")),
            metadata);
    SampleExtractor extractor = Lines.extractor(query);
    List<String> samples = new ArrayList<>();
    extractor.run(
        batch,
        (series, time, value) -> samples.add(extractor.series(series) + "@" + time + "=" + value));
    return samples;
  }

  @Test
  void namesSeriesByStream() {
    assertThat(samples("sum by (app)(count_over_time({app=~\".+\"} |= \"x\" [1m]))", List.of()))
        .containsExactly("{app=\"a\"}@1=1.0", "{app=\"b\"}@1=1.0", "{app=\"b\"}@2=1.0");
  }

  @Test
  void namesSeriesByTheValuesOfAColumn() {
    List<MetadataColumn> metadata = List.of(new MetadataColumn("level", LEVELS));
    assertThat(samples("sum by (level)(bytes_over_time({app=~\".+\"}[1m]))", metadata))
        .containsExactly(
            "{level=\"info\"}@1=1.0",
            "{level=\"warn\"}@2=2.0",
            "{}@1=1.0",
            "{level=\"info\"}@2=3.0");
  }

  @Test
  void namesSeriesByTheValuesOfManyColumns() {
    List<MetadataColumn> metadata =
        List.of(
            new MetadataColumn("level", LEVELS),
            new MetadataColumn("app", Lines.column(List.of("p", "q", "r", "r"))));
    assertThat(samples("count_over_time({app=~\".+\"}[1m])", metadata))
        .containsExactly(
            "{app=\"a\", app_extracted=\"p\", level=\"info\"}@1=1.0",
            "{app=\"a\", app_extracted=\"q\", level=\"warn\"}@2=1.0",
            "{app=\"b\", app_extracted=\"r\"}@1=1.0",
            "{app=\"b\", app_extracted=\"r\", level=\"info\"}@2=1.0");
  }
}
