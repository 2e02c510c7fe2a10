package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DecolorizeStageTest {
  private static String decolorize(String line) {
    return Lines.of(line).linesThrough("| decolorize").getFirst();
  }

  @Test
  void removesColours() {
    assertThat(decolorize("\u001b[31mred\u001b[0m plain")).isEqualTo("red plain");
    assertThat(decolorize("\u001b[1;38;5;208mx\u009b0my")).isEqualTo("xy");
  }

  @Test
  void removesParametersThatEndInABell() {
    assertThat(decolorize("\u001b]0;title\u0007text")).isEqualTo("text");
  }

  @Test
  void removesASequenceThatIsCutOffAtItsLastDigit() {
    assertThat(decolorize("a\u001b[31")).isEqualTo("a");
    assertThat(decolorize("a\u001b[31;X")).isEqualTo("a;X");
  }

  @Test
  void leavesALoneEscape() {
    assertThat(decolorize("a\u001bXb")).isEqualTo("a\u001bXb");
    assertThat(decolorize("a\u001b")).isEqualTo("a\u001b");
  }
}
