package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import org.junit.jupiter.api.Test;

final class LogfmtStageTest {
  private static String details(String line) {
    return Lines.of(line).parsedBy("| logfmt --strict").get("__error_details__");
  }

  @Test
  void saysWhereAStrictScanStops() {
    assertThat(details("a=b=c")).isEqualTo("logfmt syntax error at pos 4 : unexpected '='");
    assertThat(details("foobar====x")).isEqualTo("logfmt syntax error at pos 8 : unexpected '='");
    assertThat(details("a=1 \"b\"=2")).isEqualTo("logfmt syntax error at pos 5 : unexpected '\"'");
    assertThat(details("a=\"x"))
        .isEqualTo("logfmt syntax error at pos 5 : unterminated quoted value");
    assertThat(details("=1")).isEqualTo("logfmt syntax error at pos 1 : unexpected '='");
  }

  @Test
  void skipsTheRestOfADamagedWord() {
    assertThat(Lines.of("a=1\"x b=2 c\"=3 d=4").parsedBy("| logfmt"))
        .isEqualTo(Labels.of("b", "2", "d", "4"));
  }

  @Test
  void separatesWordsAtAnyControlByte() {
    assertThat(Lines.of("a=1\tb=2\nc=3\u0001d=4").parsedBy("| logfmt"))
        .isEqualTo(Labels.of("a", "1", "b", "2", "c", "3", "d", "4"));
  }

  @Test
  void decodesEscapesOfQuotedValues() {
    assertThat(Lines.of("a=\"x\\ty\\ud83d\\ude00\\ud83d.\"").parsedBy("| logfmt"))
        .isEqualTo(Labels.of("a", "x\ty😀 ."));
  }

  @Test
  void takesTheFirstOfEqualKeysUnderAGroupingAndTheLastElse() {
    Lines lines = Lines.of("a=1 a=2");
    assertThat(lines.parsedBy("| logfmt a")).isEqualTo(Labels.of("a", "2"));
    assertThat(lines.sums("sum by (a)(count_over_time({t=\"x\"} | logfmt a [1m]))"))
        .containsOnlyKeys("{a=\"1\"}");
  }

  @Test
  void testsAFilterOnTheErrorAsSoonAsItOccurs() {
    assertThat(Lines.of("a=b=c").through("| logfmt --strict | __error__=\"\"")).isEmpty();
  }
}
