package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever watches a query is heard in the middle of a block, whatever its stages do. */
final class WatchTest {
  private static final int ROWS = 20_000;
  private static final String STREAM = "{t=\"x\"} ";

  /** Two megabytes of JSON, no line like another. */
  private static Batch block() {
    byte[][] lines = new byte[ROWS][];
    int[] starts = new int[ROWS];
    int[] lengths = new int[ROWS];
    int size = 0;
    for (int i = 0; i < ROWS; i++) {
      String line = "{\"id\":\"%d\",\"key_%d\":\"%s\"}".formatted(i, i, "v".repeat(80));
      lines[i] = line.getBytes(StandardCharsets.UTF_8);
      starts[i] = size;
      lengths[i] = lines[i].length;
      size += lengths[i];
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(lines[i], 0, bytes, starts[i], lengths[i]);
    }
    List<Batch.Run> runs = List.of(new Batch.Run(Labels.of("t", "x"), 1, 0, ROWS));
    return new Batch(runs, new long[ROWS], new Column.Plain(bytes, starts, lengths), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|~ \"(x+x+)+y\"",
        "!= \"nothing\" | json | id=\"none\"",
        "| regexp \"(?P<a>.*)(?P<b>.*z)\" | a=\"none\"",
        "| label_format a=`{{ .t }}{{ .t }}` | a=\"none\"",
      })
  void endsAQueryInTheMiddleOfABlock(String stages) {
    AtomicInteger looks = new AtomicInteger();
    Watch watch =
        heldBytes -> {
          if (looks.incrementAndGet() == 5) {
            throw QueryException.badRequest("enough");
          }
        };
    Pipeline pipeline =
        Pipeline.compile(Parser.parseLogQuery(STREAM + stages), Instant.EPOCH, watch);

    assertThatThrownBy(() -> pipeline.run(block(), row -> {})).hasMessage("enough");
    looks.set(10);
    pipeline.run(block(), row -> {});
    assertThat(looks.get()).isGreaterThan(16);
  }

  @Test
  void hearsOfNamesThatLinesBring() {
    AtomicLong most = new AtomicLong();
    Pipeline pipeline =
        Pipeline.compile(
            Parser.parseLogQuery(STREAM + "| json"),
            Instant.EPOCH,
            heldBytes -> most.accumulateAndGet(heldBytes, Math::max));

    pipeline.run(block(), row -> {});

    assertThat(most.get()).isGreaterThan(ROWS * 300L);
  }

  @Test
  void hearsOfSeries() {
    AtomicLong last = new AtomicLong();
    SampleExtractor extractor =
        SampleExtractor.compile(
            (MetricExpr.RangeAggregation)
                Parser.parse("count_over_time(" + STREAM + "| json id=\"id\" [1m])"),
            null,
            Instant.EPOCH,
            last::set);

    extractor.run(block(), (series, timestamp, value) -> {});
    extractor.look();

    assertThat(extractor.seriesCount()).isEqualTo(ROWS);
    assertThat(last.get()).isGreaterThan(ROWS * 200L);
  }
}
