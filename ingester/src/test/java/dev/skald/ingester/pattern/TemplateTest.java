package dev.skald.ingester.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What templates of few lines look like. */
final class TemplateTest {
  @Test
  void wordsThatDifferBecomeVariables() {
    assertThat(
            Mined.of("user anna logged in", "user bert logged in", "user carl logged in").texts())
        .containsExactly("user <_> logged in");
  }

  @Test
  void linesThatShareLittleStayApart() {
    assertThat(Mined.of("user anna logged in", "user table is full").texts())
        .containsExactly("user anna logged in", "user table is full");
  }

  @Test
  void linesOfOtherLengthOrOtherFirstWordStayApart() {
    assertThat(Mined.of("disk full", "disk is full", "tape full").texts())
        .containsExactly("disk full", "disk is full", "tape full");
  }

  @Test
  void numbersAreVariablesOfASingleLine() {
    assertThat(Mined.of("took 15ms at 10.0.0.1:80").texts()).containsExactly("took <_> at <_>");
  }

  @Test
  void numbersThatNeverDifferAreShown() {
    assertThat(
            Mined.of(
                    "ts=2026-01-01T10:00:00Z level=info caller=main.go:12 dur=5ms",
                    "ts=2026-01-01T10:00:01Z level=info caller=main.go:12 dur=17ms")
                .texts())
        .containsExactly("ts=<_> level=info caller=main.go:12 dur=<_>");
  }

  @Test
  void keysOfLogfmtAreNeverVariables() {
    assertThat(Mined.of("a=x b=y c=z d=u", "a=x b=y c=z e=u").texts())
        .containsExactly("a=x b=y c=z d=u", "a=x b=y c=z e=u");
    assertThat(Mined.of("user=anna p99=5 job=x", "user=bert p99=6 job=x").texts())
        .containsExactly("user=<_> p99=<_> job=x");
  }

  @Test
  void whatEndsInEqualsSignsIsNoKey() {
    assertThat(Mined.of("token dGVzdA== is bad", "token Zm9vYmFy== is bad").texts())
        .containsExactly("token <_>== is bad");
  }

  @Test
  void ofJsonTheTextOfAFieldIsMined() {
    List<String> lines =
        List.of(
            "{\"level\":\"info\",\"msg\":\"user anna logged in\",\"n\":1}",
            "{\"msg\":\"user bert logged in\",\"extra\":{\"a\":[1,2]}}",
            "{\"level\": \"info\", \"msg\":\"user \\\"x\\\" logged in\"}");

    assertThat(Mined.of("{\"a\":\"b\",\"msg\":\"user anna logged in\"}").texts())
        .containsExactly("<_>\"msg\":\"user anna logged in\"<_>");
    assertThat(Mined.of(lines).texts())
        .containsExactly(
            "<_>\"msg\":\"user <_> logged in\"<_>", "<_>\"msg\":\"user \\\"x\\\" logged in\"<_>");
  }

  @Test
  void jsonWithoutSuchAFieldIsMinedWhole() {
    assertThat(Mined.of("{\"op\":\"put\",\"dur\":5}", "{\"op\":\"put\",\"dur\":16}").texts())
        .containsExactly("{\"op\":\"put\",\"dur\":<_>}");
  }

  @Test
  void theTenantSaysWhichFieldsOfJsonAreMined() {
    Mined mined = new Mined();
    mined.jsonFields = List.of("text");

    assertThat(mined.add(List.of("{\"msg\":\"m\",\"text\":\"t\"}")).texts())
        .containsExactly("<_>\"text\":\"t\"<_>");
  }

  @Test
  void tagsNeverReadAsCaptures() {
    assertThat(Mined.of("see <b> and <_>").texts()).containsExactly("see <<_>> and <<_>>");
  }

  @Test
  void aMarkBehindTheLastVariableBelongsToIt() {
    List<String> lines = List.of("took 1.5.", "took 27.");

    assertThat(Mined.of(lines).texts()).containsExactly("took <_>");
    assertThat(Mined.matching("took <_>", lines)).hasSize(2);
  }

  @Test
  void theEndOfALongLineIsOneVariable() {
    String words = "a b c d e f g h i j ".repeat(10);

    assertThat(Mined.of(words + "k l", words + "m").texts()).containsExactly(words + "<_>");
  }

  @Test
  void blankLinesHaveNoTemplate() {
    assertThat(Mined.of("", "   ", "---".replace('-', '.')).texts()).isEmpty();
  }
}
