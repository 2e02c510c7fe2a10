package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.syntax.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code variants(…) of (…)}; the entries are those of two streams, one a second. */
final class VariantsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final EngineLimits LIMITS = new EngineLimits(0, false, 0, true, true);

  private final MemorySource source = new MemorySource(2);

  @BeforeEach
  void entries() {
    Labels warn = Labels.of("detected_level", "warn");
    source.add(Labels.of("t", "1", "k", "a"), SECOND, "v=4 e=x", warn);
    source.add(Labels.of("t", "1", "k", "a"), 2 * SECOND, "v=8 e=y", warn);
    source.add(Labels.of("t", "1", "k", "b"), 3 * SECOND, "v=1 e=x", warn);
    source.add(Labels.of("t", "2", "k", "b"), 4 * SECOND, "v=5 e=x", warn);
  }

  private QueryResult instant(String query) {
    return new Engine(source, new CountingContext(), LIMITS)
        .instant(Parser.parse(query), 10 * SECOND);
  }

  private String shown(String query) {
    String written =
        query.replace("COUNT", "sum(count_over_time").replace("S", "{t=\"1\"}").replace("'", "\"");
    return Shown.of(instant(written), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `variants(COUNT(S[10s]))) of (S[10s])`                                   | `{__variant__="0"} 3`
          `variants(COUNT(S[10s])), COUNT(S[10s])) * 2) of (S[10s])`               | `{__variant__="0"} 3, {__variant__="1"} 6`
          `variants(COUNT(S[10s])) / sum(bytes_over_time(S[10s])), 1) of (S[10s])` | `{__variant__="0"} 0.14285714285714285, {__variant__="1"} 1`
          `variants(sum by (k) (count_over_time(S[10s]))) of (S[10s])`             | `{__variant__="0", k="a"} 2, {__variant__="0", k="b"} 1`
          `variants(sum by (__variant__) (count_over_time(S[10s]))) of (S[10s])`   | `{__variant__="0"} 3`
          `variants(vector(2), topk(1, sum by (k) (count_over_time(S[10s])))) of (S[10s])` | `{__variant__="0"} 2, {__variant__="1", k="a"} 2`
          `variants(approx_topk(1, sum by (k) (count_over_time(S[10s])))) of (S[10s])` | `{__variant__="0", k="a"} 2`
          `variants(label_replace(COUNT(S[10s])), '__variant__', 'x', '', '')) of (S[10s])` | `{__variant__="0"} 3`
          """)
  void givesEachPartItsNumber(String query, String wanted) {
    assertThat(shown(query)).isEqualTo(wanted);
  }

  @Test
  void keepsAllLabelsAsTheyAre() {
    assertThat(shown("variants(count_over_time({k='a'}[10s])) of (S[10s])"))
        .isEqualTo("{__variant__=\"0\", detected_level=\"warn\", k=\"a\", t=\"1\"} 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `COUNT({t=~'.+'}[10s]))`             | `S[10s]`                      | 3
          `COUNT({t='2'}[10s]))`               | `S[10s]`                      | ∅
          `COUNT({k='b'}[10s]))`               | `S[10s]`                      | 1
          `COUNT(S |= 'x' [10s]))`             | `S[10s]`                      | 2
          `COUNT(S[10s]))`                     | `S |= 'x' [10s]`              | 2
          `COUNT(S |= 'x' |= '4' [10s]))`      | `S |= 'x' [10s]`              | 1
          `COUNT(S | logfmt | e='x' [10s]))`   | `S | logfmt [10s]`            | 2
          `COUNT(S | e='x' [10s]))`            | `S | logfmt [10s]`            | 2
          `COUNT(S | logfmt [10s]))`           | `S | logfmt | e='x' [10s]`    | 2
          `COUNT(S | logfmt | v>3 [10s]))`     | `S | logfmt | e='x' [10s]`    | 1
          `sum(sum_over_time(S | unwrap v [10s]))` | `S | logfmt [10s]`        | 13
          `COUNT(S[10s]))`                     | `S | logfmt | unwrap v [10s]` | 3
          """)
  void evaluatesAPartOverWhatTheDataHas(String part, String data, String wanted) {
    assertThat(shown("variants(" + part + ") of (" + data + ")"))
        .isEqualTo(wanted.equals("∅") ? wanted : "{__variant__=\"0\"} " + wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "[10s], [1s], 3",
    "[8s], [1m], 1",
    "[3s], [3s] offset 6s, 2",
    "[3s] offset 6s, [3s], 2",
    "[3s] offset 6s, [3s] offset 6s, 2",
    "[3s] offset 7s, [3s] offset 6s, 3",
    "[0s], [1m], ∅"
  })
  void theWindowIsThePartsOwn(String window, String dataWindow, String wanted) {
    assertThat(shown("variants(COUNT(S" + window + "))) of (S" + dataWindow + ")"))
        .isEqualTo(wanted.equals("∅") ? wanted : "{__variant__=\"0\"} " + wanted);
  }

  @Test
  void absenceIsThatOfTheDataAndThePart() {
    assertThat(shown("variants(absent_over_time({k='c'}[10s])) of (S[10s])"))
        .isEqualTo("{__variant__=\"0\", k=\"c\", t=\"1\"} 1");
    assertThat(shown("variants(absent_over_time(S[10s])) of ({t='3'}[10s])"))
        .isEqualTo("{__variant__=\"0\"} 1");
    assertThat(shown("variants(absent_over_time({t='3'}[10s])) of ({t='3'}[10s])"))
        .isEqualTo("{__variant__=\"0\", t=\"3\"} 1");
  }

  @Test
  void aSortInAPartGivesTheElementsTheirOrder() {
    assertThat(shown("variants(sort(sum by (k) (count_over_time(S[10s])))) of (S[10s])"))
        .isEqualTo("{__variant__=\"0\", k=\"b\"} 1, {__variant__=\"0\", k=\"a\"} 2");
  }

  @Test
  void givesSeriesForARangeOfTime() {
    String part = "sum(count_over_time({t=\"1\"}[10s]))";
    RangeParameters parameters =
        new RangeParameters(0, 4 * SECOND, 2 * SECOND, 100, Direction.BACKWARD, 0);

    Matrix result =
        (Matrix)
            new Engine(source, new CountingContext(), LIMITS)
                .range(
                    Parser.parse("variants(" + part + ", " + part + " > 2) of ({t=\"1\"}[10s])"),
                    parameters);

    assertThat(Shown.of(result, ""))
        .isEqualTo("{__variant__=\"0\"} [2:2 4:3], {__variant__=\"1\"} [4:3]");
  }
}
