package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of logql.md §27.7 to §27.11: what Loki answered to the same entries. */
final class WorkedExamplesTest {
  private static final long SECOND = 1_000_000_000L;

  private final MemorySource source = new MemorySource(3);

  private QueryResult instant(String query, double time) {
    return engine().instant(Parser.parse(query), Math.round(time * SECOND));
  }

  private QueryResult range(String query, long start, long end, long step) {
    return engine()
        .range(
            Parser.parse(query),
            new RangeParameters(
                start * SECOND, end * SECOND, step * SECOND, 100, Direction.BACKWARD, 0));
  }

  private Engine engine() {
    return new Engine(source, new CountingContext(), new EngineLimits(500, false, 0));
  }

  private void add(long second, String line, String... labels) {
    source.add(Labels.of(labels), second * SECOND, line);
  }

  private void ticks() {
    for (int second = 0; second <= 60; second += 10) {
      add(second, "tick", "t", "2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          count_over_time(S[10s])                      | 60     | {} 1
          count_over_time(S[10s])                      | 69.999 | {} 1
          count_over_time(S[10s])                      | 70     | ∅
          count_over_time(S[60s])                      | 60     | {} 6
          count_over_time(S[60s])                      | 59.999 | {} 6
          count_over_time(S[20s] offset 10s)           | 60     | {} 2
          count_over_time(S[20s] offset -10s)          | 50     | {} 2
          rate(S[20s])                                 | 60     | {} 0.1
          bytes_rate(S[20s])                           | 60     | {} 0.4
          rate(S[1ms])                                 | 60     | {} 1000
          rate(S[0s])                                  | 60     | ∅
          absent_over_time({t="none",a="b",c!="d",e=~"f"}[5s]) | 60 | {a="b", t="none"} 1
          absent_over_time({t="none",a="1",a="2"}[5s]) | 60     | {t="none"} 1
          sum(count_over_time({t="none"}[1m])) or vector(0) | 60 | {} 0
          """)
  void windows(String query, double time, String wanted) {
    ticks();

    assertThat(Shown.of(instant(query.replaceAll("\\bS\\b", "{t=\"2\"}"), time), "t=\"2\""))
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          count_over_time(S[20s])  | 5 | 55 | 20 | {} [0:1 20:2 40:2 60:2]
          count_over_time(S[20s])  | 1 | 59 | 10 | {} [0:1 10:2 20:2 30:2 40:2 50:2 60:2]
          count_over_time(S[10s])  | 65 | 65 | 10 | {} [60:1]
          count_over_time(S[5s])   | 0 | 60 | 20 | {} [0:1 20:1 40:1 60:1]
          absent_over_time(S[5s])  | 0 | 20 | 5  | {} [5:1 15:1]
          vector(1)                | 3 | 33 | 10 | {} [0:1 10:1 20:1 30:1 40:1]
          1 > 2                    | 0 | 20 | 10 | {} [0:0 10:0 20:0]
          count_over_time(S[10s]) > 5 or vector(0) | 0 | 20 | 10 | {} [0:0 10:0 20:0]
          """)
  void steps(String query, long start, long end, long step, String wanted) {
    ticks();

    QueryResult result = range(query.replaceAll("\\bS\\b", "{t=\"2\"}"), start, end, step);
    assertThat(Shown.of(result, "t=\"2\"")).isEqualTo(wanted);
  }

  private static final String[] D1 = {"v=1 g=a", "v=2 g=a", "v=4 g=b", "v=8 g=b", "g=b"};
  private static final String[] D4 = {"v=1", "v=abc", "w=1", "v=1e3"};
  private static final String[] D5 = {"d=1500ms b=1KB c=1.9", "d=2s b=1MiB c=2"};

  private void lines(String... lines) {
    for (int i = 0; i < lines.length; i++) {
      add(i + 1, lines[i], "t", "1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          sum_over_time(S | logfmt | unwrap v [60s]); {g="a"} 3, {g="b"} 12
          avg_over_time(S | logfmt | unwrap v [60s]); {g="a"} 1.5, {g="b"} 6
          avg_over_time(S | logfmt | unwrap v [60s]) by (); {} 3
          stdvar_over_time(S | logfmt | unwrap v [60s]) by (g); {g="a"} 0.25, {g="b"} 4
          stddev_over_time(S | logfmt | unwrap v [60s]) by (); {} 2.680951323690902
          first_over_time(S | logfmt | unwrap v [60s]) by (); {} 1
          max_over_time(S | logfmt | unwrap v [60s]) by (v,g); {g="a", v="1"} 1, {g="a", v="2"} 2, {g="b", v="4"} 4, {g="b", v="8"} 8
          quantile_over_time(0.99, S | logfmt | unwrap v [60s]) by (); {} 7.879999999999999
          quantile_over_time(2, S | logfmt | unwrap v [60s]) by (); {} +Inf
          rate(S | logfmt | unwrap v [60s]); {g="a"} 0.05, {g="b"} 0.2
          rate_counter(S | logfmt | unwrap v [60s]); {g="a"} 0.016667666666666667, {g="b"} 0.06667066666666667
          sum by (v)(sum_over_time(S | logfmt | unwrap v [60s])); {v="1"} 1, {v="2"} 2, {v="4"} 4, {v="8"} 8
          count_over_time(S | logfmt [60s]); {g="a", v="1"} 1, {g="a", v="2"} 1, {g="b"} 1, {g="b", v="4"} 1, {g="b", v="8"} 1
          sum(sum_over_time(S | logfmt | unwrap v | v > 1.5 [60s])); {} 14
          """)
  void unwrapping(String query, String wanted) {
    lines(D1);

    assertThat(Shown.of(instant(query.replaceAll("\\bS\\b", "{t=\"1\"}"), 60), "t=\"1\""))
        .isEqualTo(wanted);
  }

  @Test
  void unwrappingOverSteps() {
    lines(D1);

    assertThat(
            Shown.of(
                range("sum_over_time({t=\"1\"} | logfmt | drop g | unwrap v [3s])", 0, 8, 1),
                "t=\"1\""))
        .isEqualTo("{} [1:1 2:3 3:7 4:14 5:12 6:8]");
    assertThat(
            Shown.of(
                range("rate_counter({t=\"1\"} | logfmt | drop g | unwrap v [10s])", 0, 6, 1),
                "t=\"1\""))
        .isEqualTo(
            "{} [1:0 2:0.100001 3:0.30000150000000003 4:0.7000023333333333"
                + " 5:0.7000023333333333 6:0.7000023333333333]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          sum(sum_over_time(S | logfmt | unwrap v [60s])); SampleExtractionErr
          sum(sum_over_time(S | logfmt | unwrap v | __error__="" [60s])); {} 1001
          sum(count_over_time(S | logfmt | v > 5 [60s])); LabelFilterErr
          sum(count_over_time(S | logfmt | v > 5 | __error__="" [60s])); {} 1
          count_over_time(S | json [60s]); JSONParserErr
          sum(count_over_time(S | json [60s])); {} 4
          sum by (x)(count_over_time(S | json [60s])); JSONParserErr
          sum by (__error__)(count_over_time(S | json [60s])); {__error__="JSONParserErr"} 4
          count_over_time(S | json | __error__="JSONParserErr" [60s]); JSONParserErr
          sum(count_over_time(S | json | __error__!="" [60s])); {} 4
          count_over_time(S | json | drop __error__, __error_details__ [60s]); {} 4
          sum by (x)(count_over_time(S | logfmt x="w" [60s])); {x=""} 3, {x="1"} 1
          """)
  void pipelineErrors(String query, String wanted) {
    lines(D4);
    String full = query.replaceAll("\\bS\\b", "{t=\"1\"}");

    if (wanted.endsWith("Err")) {
      assertThatThrownBy(() -> instant(full, 60))
          .isInstanceOf(QueryException.class)
          .hasMessageStartingWith("pipeline error: '" + wanted + "' for series: '{");
    } else {
      assertThat(Shown.of(instant(full, 60), "t=\"1\"")).isEqualTo(wanted);
    }
  }

  @Test
  void pipelineErrorsHaveFourLines() {
    add(1, "v=abc", "t", "1");

    assertThatThrownBy(() -> instant("sum(sum_over_time({t=\"1\"}|logfmt|unwrap v[60s]))", 60))
        .hasMessageContaining("__error__=\"SampleExtractionErr\"")
        .hasMessageEndingWith(
            """
            '.
            Use a label filter to intentionally skip this error. (e.g | __error__!="SampleExtractionErr").
            To skip all potential errors you can match empty errors.(e.g __error__="")
            The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          sum(sum_over_time(S | logfmt | unwrap duration(d) [60s])); {} 3.5
          sum(sum_over_time(S | logfmt | unwrap bytes(b) [60s])); {} 1049576
          sum(sum_over_time(S | logfmt | unwrap bytes(c) [60s])); {} 3
          sum(sum_over_time(S | logfmt | unwrap c [60s])); {} 3.9
          """)
  void conversions(String query, String wanted) {
    lines(D5);

    assertThat(Shown.of(instant(query.replaceAll("\\bS\\b", "{t=\"1\"}"), 60), "t=\"1\""))
        .isEqualTo(wanted);
  }

  private void apps() {
    String[][] streams = {{"a", "x", "3"}, {"b", "x", "1"}, {"c", "y", "2"}, {"d", "y", "2"}};
    for (String[] stream : streams) {
      for (int i = 0; i < Integer.parseInt(stream[2]); i++) {
        add(10 + i, "line", "app", stream[0], "env", stream[1], "t", "3");
      }
    }
  }

  private static String expand(String query) {
    return query
        .replace("AE", "sum by (app,env)(C)")
        .replaceAll("\\bA\\b", "sum by (app)(C)")
        .replaceAll("\\bV\\b", "sum by (env)(C)")
        .replaceAll("\\bC\\b", "count_over_time({t=\"3\"}[60s])");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          sum by ()(C); {} 8
          sum by (nope)(C); {} 8
          avg by (env)(C); {env="x"} 2, {env="y"} 2
          stddev(C); {} 0.7071067811865476
          count by (env)(C); {env="x"} 2, {env="y"} 2
          bottomk(1, A); {app="b"} 1
          sort(A > 1.5 < 2.5); {app="c"} 2, {app="d"} 2
          C > 1; {app="a", env="x"} 3, {app="c", env="y"} 2, {app="d", env="y"} 2
          C > bool 1; {app="a", env="x"} 1, {app="b", env="x"} 0, {app="c", env="y"} 1, {app="d", env="y"} 1
          1 < C; {app="a", env="x"} 3, {app="c", env="y"} 2, {app="d", env="y"} 2
          2 - A; {app="a"} -1, {app="b"} 1, {app="c"} 0, {app="d"} 0
          A / 0; {app="a"} NaN, {app="b"} NaN, {app="c"} NaN, {app="d"} NaN
          A % 2; {app="a"} 1, {app="b"} 1, {app="c"} 0, {app="d"} 0
          2 ^ A; {app="a"} 8, {app="b"} 2, {app="c"} 4, {app="d"} 4
          A + bool 1; {app="a"} 4, {app="b"} 2, {app="c"} 3, {app="d"} 3
          AE / on(env) group_left V; {app="a", env="x"} 0.75, {app="b", env="x"} 0.25, {app="c", env="y"} 0.5, {app="d", env="y"} 0.5
          V / on(env) group_right AE; {app="a", env="x"} 1.3333333333333333, {app="b", env="x"} 4, {app="c", env="y"} 2, {app="d", env="y"} 2
          A * on(app) AE; {app="a"} 9, {app="b"} 1, {app="c"} 4, {app="d"} 4
          AE * ignoring(env) A; {app="a"} 9, {app="b"} 1, {app="c"} 4, {app="d"} 4
          A and on(app) (A > 1); {app="a"} 3, {app="c"} 2, {app="d"} 2
          A unless on(app) (A > 1); {app="b"} 1
          A or vector(7); {} 7, {app="a"} 3, {app="b"} 1, {app="c"} 2, {app="d"} 2
          sum(C) or vector(7); {} 8
          sum(C) + sum(count_over_time({t="none"}[60s])); ∅
          A >= bool on(app) AE; {app="a"} 1, {app="b"} 1, {app="c"} 1, {app="d"} 1
          label_replace(A,"app","","app","a"); {} 3, {app="b"} 1, {app="c"} 2, {app="d"} 2
          label_replace(A,"app","z","app","[ab]"); {app="c"} 2, {app="d"} 2, {app="z"} 3, {app="z"} 1
          label_replace(A,"new","${1}y","app","(a)|b"); {app="a", new="ay"} 3, {app="b", new="y"} 1, {app="c"} 2, {app="d"} 2
          label_replace(A,"new","$1","nope","(.*)"); {app="a"} 3, {app="b"} 1, {app="c"} 2, {app="d"} 2
          AE * on(env) group_left(n) label_replace(V,"n","$1","env","(.*)"); {app="a", env="x", n="x"} 12, {app="b", env="x", n="x"} 4, {app="c", env="y", n="y"} 8, {app="d", env="y", n="y"} 8
          A == 2; {app="c"} 2, {app="d"} 2
          vector(2) ^ 3 ^ 2; {} 512
          """)
  void aggregationsAndOperators(String query, String wanted) {
    apps();

    assertThat(Shown.of(instant(expand(query), 60), ", t=\"3\"")).isEqualTo(wanted);
  }

  @Test
  void topKeepsAllLabelsOfAMember() {
    apps();

    assertThat(Shown.of(instant(expand("topk(1, C) by (env)"), 60), ", t=\"3\""))
        .matches("\\{app=\"a\", env=\"x\"} 3, \\{app=\"[cd]\", env=\"y\"} 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          AE / on(env) V | multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)
          V / on(env) AE | found duplicate series on the right hand-side;many-to-many matching not allowed: matching labels must be unique on one side
          approx_topk(1, A) | approx_topk is not enabled. See -limits.shard_aggregations
          """)
  void failuresThatAreInternalErrors(String query, String message) {
    apps();

    assertThatThrownBy(() -> instant(expand(query), 60))
        .hasMessage(message)
        .extracting("kind")
        .isEqualTo(QueryException.Kind.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource({
    "-2 ^ 2, 4",
    "2 ^ 3 ^ 2, 512",
    "1 > 2, 0",
    "1 >= bool 1, 1",
    "0 / 0, NaN",
    "5 % 0, NaN",
    "-5 % 3, -2",
    "1//2, 1",
    "1e308 * 10, +Inf",
    "0.1 + 0.2, 0.30000000000000004",
    "1e21, 1000000000000000000000",
    "017, 17",
    "0x1p4, 16",
    "-1 ^ 0.5, NaN",
    "1--1, 2"
  })
  void literals(String query, String wanted) {
    assertThat(Shown.of(instant(query, 100), "")).isEqualTo("scalar " + wanted + " @100000");
  }

  @ParameterizedTest
  @CsvSource({
    "vector(0) * -1, {} -0",
    "vector(0)/0 == vector(0)/0, ∅",
    "vector(0)/0 != vector(0)/0, {} NaN",
    "vector(0)/0 > bool 0, {} 0"
  })
  void vectorsOfANumber(String query, String wanted) {
    assertThat(Shown.of(instant(query, 100), "")).isEqualTo(wanted);
  }

  @Test
  void nanLosesAgainstAnyNumberAndSortsLast() {
    add(50, "v=1", "t", "1", "k", "a");
    add(50, "v=NaN", "t", "1", "k", "b");
    String both = "sum by (k)(sum_over_time({t=\"1\"} | logfmt | unwrap v [60s]))";

    assertThat(Shown.of(instant("max(" + both + ")", 60), "")).isEqualTo("{} 1");
    assertThat(Shown.of(instant("avg(" + both + ")", 60), "")).isEqualTo("{} NaN");
    assertThat(Shown.of(instant("sort(" + both + ")", 60), ""))
        .isEqualTo("{k=\"a\"} 1, {k=\"b\"} NaN");
    assertThat(Shown.of(instant("sort_desc(" + both + ")", 60), ""))
        .isEqualTo("{k=\"a\"} 1, {k=\"b\"} NaN");
  }

  @Test
  void emptyLabelsGroupButDoNotMatch() {
    add(50, "a= b=1", "t", "1");
    add(51, "b=1", "t", "1");
    String byA = "sum by (a)(count_over_time({t=\"1\"} | logfmt --keep-empty [60s]))";

    assertThat(Shown.of(instant(byA, 60), "")).isEqualTo("{} 1, {a=\"\"} 1");
    assertThatThrownBy(() -> instant(byA + " + on(a) vector(10)", 60))
        .hasMessageStartingWith("multiple matches for labels: many-to-one");
  }

  @Test
  void labelReplaceMayMakeTwoPointsOfOneTime() {
    add(0, "x", "t", "1", "k", "a");
    add(0, "x", "t", "1", "k", "b");
    String query =
        "label_replace(sum by (k)(count_over_time({t=\"1\"}[60s])),\"k\",\"z\",\"k\",\".*\")";

    assertThat(Shown.of(range(query, 10, 20, 10), "")).isEqualTo("{k=\"z\"} [10:1 10:1 20:1 20:1]");
  }

  @Test
  void moreSeriesThanTheLimitFail() {
    for (int i = 0; i < 501; i++) {
      add(50, "x", "t", "1", "i", Integer.toString(i));
    }

    assertThatThrownBy(() -> instant("count_over_time({t=\"1\"}[60s])", 60))
        .hasMessage(
            "maximum number of series (500) reached for a single query; consider reducing query"
                + " cardinality by adding more specific stream selectors, reducing the time range,"
                + " or aggregating results with functions like sum(), count() or topk()");
    assertThat(instant("count_over_time({t=\"1\",i!=\"7\"}[60s])", 60))
        .isInstanceOfSatisfying(
            QueryResult.Vector.class, vector -> assertThat(vector.labels()).hasSize(500));
  }
}
