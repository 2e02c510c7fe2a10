package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.syntax.Parser;
import org.junit.jupiter.api.Test;

/** Limits, order and accounts of metric queries. */
final class EngineTest {
  private static final long SECOND = 1_000_000_000L;

  private final MemorySource source = new MemorySource(2);

  private Engine engine(EngineLimits limits) {
    return new Engine(source, new CountingContext(), limits);
  }

  private Matrix matrix(EngineLimits limits, String query, long start, long end, long step) {
    RangeParameters parameters =
        new RangeParameters(
            start * SECOND, end * SECOND, step * SECOND, 100, Direction.BACKWARD, 0);
    return (Matrix) engine(limits).range(Parser.parse(query), parameters);
  }

  @Test
  void truncatesSeriesWithAWarningWhereAsked() {
    for (int i = 0; i < 5; i++) {
      source.add(Labels.of("t", "1", "i", Integer.toString(i)), SECOND, "x");
    }

    Matrix result =
        matrix(new EngineLimits(3, true, 0), "count_over_time({t=\"1\"}[10s])", 0, 10, 5);

    assertThat(result.series()).hasSize(3);
    assertThat(result.warnings())
        .containsExactly(
            "maximum number of series (3) reached for a single query; returning partial results");
  }

  @Test
  void seriesWithoutPointsDoNotCount() {
    source.add(Labels.of("t", "1", "i", "a"), SECOND, "x");
    source.add(Labels.of("t", "1", "i", "b"), SECOND, "x");

    QueryResult none =
        engine(new EngineLimits(1, false, 0))
            .instant(Parser.parse("count_over_time({t=\"1\"}[10s]) > 5"), 10 * SECOND);

    assertThat(Shown.of(none, "")).isEqualTo("∅");
  }

  @Test
  void rejectsWindowsLongerThanTheLimit() {
    EngineLimits hour = new EngineLimits(0, false, 3600 * SECOND);

    assertThatThrownBy(() -> engine(hour).instant(Parser.parse("rate({t=\"1\"}[2h])"), 10 * SECOND))
        .isInstanceOf(QueryException.class)
        .hasMessage("[interval] value exceeds limit: [2h] > [1h]");
    assertThatThrownBy(
            () -> engine(hour).instant(Parser.parse("rate({t=\"1\"}[90m])"), 10 * SECOND))
        .hasMessage("[interval] value exceeds limit: [1h30m] > [1h]");
  }

  @Test
  void seriesAreOrderedByTextWhereARangeCrossesAnHour() {
    source.add(Labels.of("k", "q"), 3000 * SECOND, "x");
    source.add(Labels.of("k", "q", "z", "1"), 3000 * SECOND, "x");
    String query = "count_over_time({k=\"q\"}[2h])";

    assertThat(matrix(EngineLimits.NONE, query, 3000, 3500, 100).series())
        .extracting(series -> series.labels().toString())
        .containsExactly("{k=\"q\"}", "{k=\"q\", z=\"1\"}");
    assertThat(matrix(EngineLimits.NONE, query, 3000, 4000, 100).series())
        .extracting(series -> series.labels().toString())
        .containsExactly("{k=\"q\", z=\"1\"}", "{k=\"q\"}");
  }

  @Test
  void groupedAveragesDivideByAllLines() {
    Labels stream = Labels.of("t", "1");
    source.add(stream, SECOND, "g=a v=4 ok=1").add(stream, 2 * SECOND, "g=a v=8 ok=0");
    source.add(stream, 3 * SECOND, "g=a");
    String unwrapped = "avg_over_time({t=\"1\"} | logfmt | unwrap v | ok=\"1\" [10s])";

    assertThat(
            Shown.of(
                engine(EngineLimits.NONE).instant(Parser.parse(unwrapped + " by (g)"), 10 * SECOND),
                ""))
        .isEqualTo("{g=\"a\"} 1.3333333333333333");
    assertThat(
            Shown.of(engine(EngineLimits.NONE).instant(Parser.parse(unwrapped), 10 * SECOND), ""))
        .isEqualTo("{g=\"a\", ok=\"1\", t=\"1\"} 4");
  }

  @Test
  void emptyLabelsVanishUnderWithoutOnlyWhereLokiGroupsTwice() {
    source.add(Labels.of("t", "1"), SECOND, "v=4 e=");
    String query = "(({t=\"1\"} | logfmt --keep-empty | unwrap v) [10s]) without (t)";

    assertThat(instant("max_over_time" + query)).isEqualTo("{} 4");
    assertThat(instant("last_over_time" + query)).isEqualTo("{e=\"\"} 4");
  }

  private String instant(String query) {
    return Shown.of(engine(EngineLimits.NONE).instant(Parser.parse(query), 10 * SECOND), "");
  }

  @Test
  void countsWhatItReads() {
    source.add(Labels.of("t", "1"), SECOND, "abc").add(Labels.of("t", "2"), SECOND, "abc");
    source.add(Labels.of("t", "1"), 2 * SECOND, "defg").add(Labels.of("t", "1"), SECOND, "x");
    Engine engine = engine(EngineLimits.NONE);

    engine.instant(Parser.parse("rate({t=\"1\"} |= \"e\" [10s])"), 10 * SECOND);

    assertThat(engine.stats().blocks()).isEqualTo(2);
    assertThat(engine.stats().rows()).isEqualTo(3);
    assertThat(engine.stats().lineBytes()).isEqualTo(8);
    assertThat(engine.stats().rowsKept()).isEqualTo(1);
  }
}
