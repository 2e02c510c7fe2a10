package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.MetricExpr.Literal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
  private static String canonical(String query) {
    return Printer.print(Parser.parse(query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-2 ^ 2; 4",
        "2 ^ 3 ^ 2; 512",
        "1 > 2; 0",
        "1 >= bool 1; 1",
        "0 / 0; NaN",
        "5 % 0; NaN",
        "-5 % 3; -2",
        "1//2; 1",
        "1e308 * 10; +Inf",
        "0.1 + 0.2; 0.30000000000000004",
        "1e21; 1e+21",
        "017; 17",
        "0x1p4; 16",
        "-1 ^ 0.5; NaN",
        "1--1; 2",
        "1_000; 1000",
        "(1 + 2) * 3; 9",
        "1 + 2 * 3 == 7; 1",
        "1 - 0; 1",
        "1-0.5; 0.5",
        "1-00; 1",
        "5.; 5",
        ".5; 0.5"
      })
  void foldsLiterals(String query, String value) {
    assertThat(Parser.parse(query)).isInstanceOf(Literal.class);
    assertThat(canonical(query)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-0", "1 -0", "5 * -0", "vector(1) > -0", "vector(1) -5m"})
  void takesMinusZeroForADuration(String query) {
    assertThatThrownBy(() -> Parser.parse(query))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("unexpected DURATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = -0", "a = - 0", "a=-0.0"})
  void comparesMinusZeroAsADuration(String filter) {
    assertThat(canonical("{a=\"b\"} | " + filter)).isEqualTo("{a=\"b\"} | a==0s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a=1 or b=2, c=3; ( a==1 or ( b==2 , c==3 ) )",
        "a=1, b=2 or c=3; ( a==1 , ( b==2 or c==3 ) )",
        "a=1 and b=2, c=3 or d=4; ( a==1 , ( b==2 , ( c==3 or d==4 ) ) )",
        "a=1 or b=2 and c=3; ( a==1 or ( b==2 , c==3 ) )",
        "a=1 b=2 (c=3 or d=4); ( a==1 , ( b==2 , ( c==3 or d==4 ) ) )",
        "a=1 and b=2 or c=3; ( ( a==1 , b==2 ) or c==3 )",
        "(a=1 or b=2) and c=3; ( ( a==1 or b==2 ) , c==3 )",
        "a>1KB or b<=1MiB; ( a>1.0kB or b<=1048576B )",
        "a>5m and b<1d12h and c!=5us; ( ( a>5m0s , b<36h0m0s ) , c!=5\u00b5s )",
        "a>-5m; a>-5m0s",
        "a>+5; a>5",
        "a=ip(\"1.2.3.4\"); a=ip(\"1.2.3.4\")",
        "sum=\"x\" rate=5 duration > 5s; ( sum=\"x\" , ( rate==5 , duration>5s ) )"
      })
  void bindsLabelFilters(String filter, String printed) {
    assertThat(canonical("{a=\"b\"} | " + filter)).isEqualTo("{a=\"b\"} | " + printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a=\"b\"} |= \"x\" != \"y\"",
        "{a=\"b\"} |= \"x\" or ip(\"1.1.1.1\") or \"z\" |> \"<_>\"",
        "{a=\"b\"} | logfmt --strict --keep-empty a=\"b\",c=\"c\"",
        "{a=\"b\"} | label_format a=b,c=\"{{.d}}\"",
        "{a=\"b\"} | drop a,b=\"c\"",
        "{a=\"b\"} | keep a,b!=\"c\"",
        "{a=\"b\"} | unpack | decolorize | line_format \"\\\"x\\\"\\n\"",
        "rate({a=\"b\"}[5m] offset 1d12h)",
        "rate({a=\"b\"}[5m] offset -1.5ms)",
        "sum_over_time({a=\"b\"} | unwrap duration(x) | y==5[1w])",
        "quantile_over_time(0.99,{a=\"b\"} | unwrap x[1y]) without (a,b)",
        "avg_over_time({a=\"b\"} | unwrap x[5m]) by ()",
        "topk by (a)(5,vector(1.000000))",
        "sum without ()(vector(0.250000))",
        "(vector(1.000000) / ignoring () group_left () vector(2.000000))",
        "(vector(1.000000) > bool on (a,b) group_right (c) vector(2.000000))",
        "(vector(1.000000) * -0.0)",
        "vector(0.0000001)",
        "approx_topk(5,vector(1.000000))",
        "variants(vector(1.000000), rate({a=\"b\"}[1m])) of ({a=\"b\"}[5m])",
        "variants(approx_topk(5,rate({a=\"b\"}[1m]))) of ({a=\"b\"} | json[5m] offset 1h)"
      })
  void keepsTheCanonicalForm(String query) {
    assertThat(canonical(query)).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a=\"b\"} |= \"x\" | unwrap y | z>1[5m]",
        "{a=\"b\"} |= \"x\"[5m]",
        "({a=\"b\"})[5m]",
        "({a=\"b\"}[5m])",
        "(({a=\"b\"})[5m])",
        "({a=\"b\"} | json)[5m] offset 5m",
        "({a=\"b\"} | json | unwrap x)[5m]",
        "({a=\"b\"})[5m] offset 5m | unwrap x",
        "{a=\"b\"}[5m] | json | unwrap x",
        "{a=\"b\"}[5m] offset 5m | json",
        "{a=\"b\"}[5m] | unwrap x",
        "{a=\"b\"} | unwrap x [5m] offset 5m"
      })
  void takesTheWindowInManyPlaces(String range) {
    assertThat(Parser.parse("rate(" + range + ")")).isInstanceOf(MetricExpr.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "({a=\"b\"})[5m] | json",
        "{a=\"b\"}[5m] offset 5m offset 5m",
        "{a=\"b\"} | unwrap x | unwrap y [5m]",
        "(({a=\"b\"}))[5m]"
      })
  void rejectsTheWindowElsewhere(String range) {
    assertThatThrownBy(() -> Parser.parse("rate(" + range + ")"))
        .isInstanceOf(ParseException.class);
  }

  @Test
  void readsKeywordsInAnyCase() {
    assertThat(canonical("SUM BY (a) (RATE({a=\"b\"} | JSON [5m]))"))
        .isEqualTo("sum by (a)(rate({a=\"b\"} | json[5m]))");
  }

  @Test
  void readsFunctionWordsAsLabels() {
    assertThat(canonical("sum_over_time({sum=\"x\"} | unwrap duration [5m])"))
        .isEqualTo("sum_over_time({sum=\"x\"} | unwrap duration[5m])");
  }

  @Test
  void skipsCommentsAndTheByteOrderMark() {
    assertThat(canonical("\ufeff{a=\"#\"} # |= \"x\"\n/* | json */ | logfmt // unpack"))
        .isEqualTo("{a=\"#\"} | logfmt");
  }

  @Test
  void readsEscapes() {
    assertThat(Parser.parseLogQuery("{a=\"\\a\\x41\\102\\u00e9\\xc3\\xa9\\U0001f600\\ud800\"}"))
        .isEqualTo(Parser.parseLogQuery("{a=`\u0007AB\u00e9\u00e9\ud83d\ude00\ufffd`}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\400", "\\U00110000", "\\Uffffffff"})
  void rejectsEscapesOutOfRange(String escape) {
    assertThatThrownBy(() -> Parser.parse("{a=\"" + escape + "\"}"))
        .hasMessage("parse error at line 1, col 4: invalid syntax");
  }

  @Test
  void reportsMalformedTextAtTheTokenBefore() {
    assertThatThrownBy(() -> Parser.parse("{app=\ud800\"x\"}"))
        .hasMessage("parse error at line 1, col 5: invalid UTF-8 encoding");
  }

  @Test
  void tellsLogQueriesFromMetricQueries() {
    assertThat(Parser.parseLogQuery("{a=\"b\"} | json").stages()).hasSize(1);
    assertThatThrownBy(() -> Parser.parseLogQuery("vector(1)"))
        .isInstanceOf(QueryException.class)
        .hasMessage("only log selector is supported");
  }

  @Test
  void readsSelectorsAlone() {
    assertThat(Parser.parseMatchers("{a=\"b\", c!=\"d\"}"))
        .containsExactly(
            new Matcher("a", Matcher.Type.EQUAL, "b"),
            new Matcher("c", Matcher.Type.NOT_EQUAL, "d"));
    assertThat(Parser.parseAnyMatchers("{}")).isEmpty();
    assertThatThrownBy(() -> Parser.parseMatchers("{}"))
        .hasMessageStartingWith("parse error : queries require");
    assertThatThrownBy(() -> Parser.parseAnyMatchers("{a=\"b\"} |= \"x\""))
        .isInstanceOf(QueryException.class)
        .hasMessage("only label matchers are supported");
  }

  @Test
  void leavesTheArgumentsOfStagesAlone() {
    assertThat(
            Parser.parseLogQuery(
                    "{a=\"b\"} |~ \"[\" |> \"<a>\" | json a=\"b..\" | line_format \"{{\""
                        + " | label_format a=b,a=c")
                .stages())
        .hasSize(5);
  }

  @Test
  void boundsTheDepthOfAQuery() {
    assertThatThrownBy(() -> Parser.parse("(".repeat(100_000))).isInstanceOf(ParseException.class);
    assertThatThrownBy(() -> Parser.parse("vector(1)" + "+vector(1)".repeat(10_000)))
        .isInstanceOf(ParseException.class);
    assertThatThrownBy(() -> Parser.parse("{a=\"b\"}|a=1" + ",a=1".repeat(10_000)))
        .isInstanceOf(ParseException.class);
    assertThat(canonical("(".repeat(200) + "1" + ")".repeat(200))).isEqualTo("1");
  }

  @Test
  void readsLongChains() {
    String chain = "vector(1)" + "+vector(1)".repeat(1000);

    String printed = canonical(chain);

    assertThat(printed).startsWith("(((");
  }
}
