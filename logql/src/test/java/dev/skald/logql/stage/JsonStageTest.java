package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import org.junit.jupiter.api.Test;

final class JsonStageTest {
  private static Labels json(String line) {
    return Lines.of(line).parsedBy("| json");
  }

  private static String details(String line) {
    return json(line).get("__error_details__");
  }

  @Test
  void keepsNumbersAsTheyAreWritten() {
    assertThat(json("{\"a\":01,\"b\":1E+2,\"c\":-}"))
        .isEqualTo(Labels.of("a", "01", "b", "1E+2", "c", "-"));
  }

  @Test
  void toleratesATrailingCommaAndWhateverFollowsTheObject() {
    assertThat(json("{\"a\":1,} x")).isEqualTo(Labels.of("a", "1"));
  }

  @Test
  void reportsWhatIsMissing() {
    assertThat(details("{\"a")).isEqualTo("Malformed JSON error");
    assertThat(details("{\"a\":")).isEqualTo("Malformed JSON error");
    assertThat(details("{\"a\":}")).isEqualTo("Unknown value type");
    assertThat(details("{\"a\":[1")).isEqualTo("Value is array, but can't find closing ']' symbol");
    assertThat(details("{\"a\":{\"b\":1"))
        .isEqualTo("Value looks like object, but can't find closing '}' symbol");
    assertThat(details("{\"\\x\":1}"))
        .isEqualTo("Encountered an invalid escape sequence in a string");
  }

  @Test
  void keepsTheLabelsOfMembersBeforeAnError() {
    assertThat(json("{\"o\":{\"b\":1},\"a\":?").get("o_b")).isEqualTo("1");
  }

  @Test
  void putsABlankForTheReplacementCharacter() {
    assertThat(json("{\"a\":\"x\ufffdy\"}")).isEqualTo(Labels.of("a", "x y"));
  }

  @Test
  void survivesObjectsOfAnyDepth() {
    String line = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);
    assertThat(Lines.of(line).through("| json")).hasSize(1);
  }

  @Test
  void makesALabelNamedLikeTheErrorWithoutAnError() {
    Lines lines = Lines.of("{\"__error__\":\"x\"}");
    assertThat(lines.parsedBy("| json | __error__=\"\"")).isEqualTo(Labels.of("__error__", "x"));
  }

  @Test
  void findsPathsBehindDamage() {
    assertThat(Lines.of("{bad, \"a\":{\"b\":[0, {\"c\":2}]}").parsedBy("| json x=\"a.b[1].c\""))
        .isEqualTo(Labels.of("x", "2"));
  }

  @Test
  void reportsAMalformedValueAtThePath() {
    Labels labels = Lines.of("{\"a\":tru}").parsedBy("| json x=\"a\"");
    assertThat(labels.get("x")).isEmpty();
    assertThat(labels.get("__error_details__")).isEqualTo("Unknown value type");
  }

  @Test
  void takesAMalformedElementForAbsent() {
    assertThat(Lines.of("{\"a\":[\"x\",\"y").parsedBy("| json b=\"a[0]\", c=\"a[1]\""))
        .isEqualTo(Labels.of("b", "x", "c", ""));
  }
}
