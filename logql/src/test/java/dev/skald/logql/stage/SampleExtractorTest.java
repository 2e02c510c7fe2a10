package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.batch.Columns;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SampleExtractorTest {
  private static final Lines D1 = Lines.of("v=1 g=a", "v=2 g=a", "v=4 g=b", "v=8 g=b", "g=b");
  private static final Lines D4 = Lines.of("v=1", "v=abc", "w=1", "v=1e3");
  private static final Lines D5 = Lines.of("d=1500ms b=1KB c=1.9", "d=2s b=1MiB c=2");

  private static Columns columns(String query) {
    return Lines.extractor(query).columns();
  }

  @Test
  void namesSeriesByAllLabelsWithoutTheUnwrappedOne() {
    assertThat(D1.sums("sum_over_time({t=\"x\"} | logfmt | unwrap v [60s])"))
        .isEqualTo(Map.of("{g=\"a\", t=\"x\"}", 3.0, "{g=\"b\", t=\"x\"}", 12.0));
  }

  @Test
  void countsLinesByTheirLabels() {
    assertThat(D1.sums("count_over_time({t=\"x\"} | logfmt [60s])"))
        .hasSize(5)
        .containsEntry("{g=\"b\", t=\"x\"}", 1.0)
        .containsEntry("{g=\"b\", t=\"x\", v=\"8\"}", 1.0);
  }

  @Test
  void keepsTheUnwrappedLabelThatIsGroupedBy() {
    assertThat(D1.sums("sum by (v)(sum_over_time({t=\"x\"} | logfmt | unwrap v [60s]))"))
        .isEqualTo(Map.of("{v=\"1\"}", 1.0, "{v=\"2\"}", 2.0, "{v=\"4\"}", 4.0, "{v=\"8\"}", 8.0));
  }

  @Test
  void filtersBehindTheUnwrap() {
    assertThat(D1.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap v | v > 1.5 [60s]))"))
        .isEqualTo(Map.of("{}", 14.0));
  }

  @Test
  void marksSamplesWhoseValueIsNoNumber() {
    Map<String, Double> sums = D4.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap v [60s]))");
    assertThat(sums).containsEntry("{}", 1001.0).hasSize(2);
    assertThat(sums.keySet())
        .anyMatch(labels -> labels.contains("__error__=\"SampleExtractionErr\""));
  }

  @Test
  void leavesErrorsOutThatAreFilteredBehindTheUnwrap() {
    assertThat(D4.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap v | __error__=\"\" [60s]))"))
        .isEqualTo(Map.of("{}", 1001.0));
  }

  @Test
  void skipsParsersWhereNoLabelIsNeeded() {
    assertThat(D4.sums("sum(count_over_time({t=\"x\"} | json [60s]))"))
        .isEqualTo(Map.of("{}", 4.0));
    assertThat(D4.sums("sum(bytes_over_time({t=\"x\"} | unpack [60s]))"))
        .isEqualTo(Map.of("{}", 16.0));
  }

  @Test
  void preservesParserErrorsThatTheQueryNames() {
    assertThat(D4.sums("sum by (__error__)(count_over_time({t=\"x\"} | json [60s]))").keySet())
        .singleElement()
        .asString()
        .contains("__preserve_error__=\"true\"");
    assertThat(D4.sums("sum by (x)(count_over_time({t=\"x\"} | json [60s]))").keySet())
        .singleElement()
        .asString()
        .contains("__error__=\"JSONParserErr\"")
        .doesNotContain("__preserve_error__");
    assertThat(
            D4.sums("count_over_time({t=\"x\"} | json | __error__=\"JSONParserErr\" [60s])")
                .keySet())
        .singleElement()
        .asString()
        .doesNotContain("__preserve_error__");
  }

  @Test
  void seesNoErrorBehindTheLastNeededLabel() {
    assertThat(
            Lines.of("{\"a\":1, bad").sums("sum by (a)(count_over_time({t=\"x\"} | json [60s]))"))
        .isEqualTo(Map.of("{a=\"1\"}", 1.0));
  }

  /** §8.6: what comes behind the last needed label is parsed by nobody. */
  @Test
  void skipsLaterParsersOnceAllNeededLabelsAreThere() {
    Lines lines = Lines.of("{\"a\":\"1\",\"b\":\"2\",\"_entry\":\"x\"}");
    assertThat(
            lines.sums(
                "sum by (b)(bytes_over_time({t=\"x\"} | pattern \"<_>b<b>\" | unpack [60s]))"))
        .isEqualTo(Map.of("{b=\"\\\":\\\"2\\\",\\\"_entry\\\":\\\"x\\\"}\"}", 30.0));
    assertThat(
            lines.sums(
                "sum by (a)(count_over_time({t=\"x\"} | json a=\"b\" | json a=\"a\" [60s]))"))
        .isEqualTo(Map.of("{a=\"2\"}", 1.0));
    assertThat(
            Lines.of("a=1 b=2")
                .sums("sum by (a)(count_over_time({t=\"x\"} | logfmt | logfmt a=\"b\" [60s]))"))
        .isEqualTo(Map.of("{a=\"1\"}", 1.0));
  }

  /** §8.4: a label filter that is always true is removed, so that it needs no label. */
  @Test
  void needsNoLabelForAFilterThatIsAlwaysTrue() {
    assertThat(D4.sums("sum(count_over_time({t=\"x\"} | v=~\".*\" | json [60s]))"))
        .isEqualTo(Map.of("{}", 4.0));
  }

  @Test
  void keepsTheDetailsOfADroppedError() {
    assertThat(D4.sums("count_over_time({t=\"x\"} | json | drop __error__ [60s])").keySet())
        .singleElement()
        .asString()
        .startsWith("{__error_details__=");
    assertThat(
            D4.sums("count_over_time({t=\"x\"} | json | drop __error__, __error_details__ [60s])"))
        .isEqualTo(Map.of("{t=\"x\"}", 4.0));
  }

  @Test
  void renamesKeysOfLogfmtExpressionsUnderAGrouping() {
    assertThat(D4.sums("sum by (x)(count_over_time({t=\"x\"} | logfmt x=\"w\" [60s]))"))
        .isEqualTo(Map.of("{x=\"\"}", 3.0, "{x=\"1\"}", 1.0));
  }

  @Test
  void convertsDurationsAndSizes() {
    assertThat(D5.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap duration(d) [60s]))"))
        .isEqualTo(Map.of("{}", 3.5));
    assertThat(D5.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap bytes(b) [60s]))"))
        .isEqualTo(Map.of("{}", 1049576.0));
    assertThat(D5.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap bytes(c) [60s]))"))
        .isEqualTo(Map.of("{}", 3.0));
    assertThat(D5.sums("sum(sum_over_time({t=\"x\"} | logfmt | unwrap c [60s]))"))
        .isEqualTo(Map.of("{}", 3.9));
  }

  @Test
  void keepsEmptyLabels() {
    Lines lines = Lines.of("a= b=1");
    assertThat(lines.sums("sum by (a)(count_over_time({t=\"x\"} | logfmt --keep-empty [60s]))"))
        .isEqualTo(Map.of("{a=\"\"}", 1.0));
    assertThat(
            lines.sums("sum without (b)(count_over_time({t=\"x\"} | logfmt --keep-empty [60s]))"))
        .isEqualTo(Map.of("{a=\"\", t=\"x\"}", 1.0));
  }

  @Test
  void leavesOutALineFormatThatNobodyReads() {
    assertThat(Lines.of("x").sums("count_over_time({t=\"x\"} | line_format \"{{ foo }}\" [5m])"))
        .isEqualTo(Map.of("{t=\"x\"}", 1.0));
  }

  @Test
  void groupsByMetadataWithoutReadingLines() {
    Lines lines = Lines.of("a", "b").metadata("detected_level", "info");
    assertThat(lines.sums("sum by (detected_level)(count_over_time({t=\"x\"}[5m]))"))
        .isEqualTo(Map.of("{detected_level=\"info\"}", 2.0));
  }

  @Test
  void readsOnlyTheColumnsThatMatter() {
    assertThat(columns("sum(count_over_time({a=\"b\"}[5m]))")).isEqualTo(Columns.TIMES_ONLY);
    assertThat(columns("sum by (detected_level)(count_over_time({a=\"b\"}[5m]))"))
        .isEqualTo(new Columns(false, false, Set.of("detected_level")));
    assertThat(columns("count_over_time({a=\"b\"}[5m])"))
        .isEqualTo(new Columns(false, true, Set.of()));
    assertThat(columns("sum without (x)(count_over_time({a=\"b\"}[5m]))").allMetadata()).isTrue();
    assertThat(columns("sum(count_over_time({a=\"b\"} |= \"x\" [5m]))"))
        .isEqualTo(new Columns(true, false, Set.of()));
    assertThat(columns("sum(bytes_over_time({a=\"b\"}[5m]))"))
        .isEqualTo(new Columns(true, false, Set.of()));
    assertThat(columns("sum by (x)(rate({a=\"b\"} | logfmt | y=\"z\" [5m]))"))
        .isEqualTo(new Columns(true, false, Set.of("x", "y")));
    assertThat(columns("sum(rate({a=\"b\"} | level=\"error\" [5m]))"))
        .isEqualTo(new Columns(false, false, Set.of("level")));
    assertThat(columns("absent_over_time({a=\"b\"}[5m])")).isEqualTo(Columns.TIMES_ONLY);
  }
}
