package dev.skald.ingester;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalLabelsTest {
  @Test
  void readsWhatLabelsPrint() {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      Labels.Builder builder = Labels.EMPTY.toBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        builder.add("name" + i, text(random));
      }
      Labels labels = builder.build();
      assertThat(parse(labels.toString())).isEqualTo(labels);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "a=\"b\"",
        "{a}",
        "{a=\"b}",
        "{a=\"b\"",
        "{a=\"b\",c=\"d\"}",
        "{a=\"\\q\"}",
        "{a=\"\\x1\"}",
        "{a=\"\\U00110000\"}",
        "{a=\"b\"}x",
        "{a=\"b\", a=\"c\"}"
      })
  void refusesAnyOtherText(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int bits = random.nextInt(5, 21);
      int codePoint = random.nextInt(Math.min(1 << bits, 0x10ffff));
      text.appendCodePoint(codePoint >= 0xd800 && codePoint < 0xe000 ? '"' : codePoint);
    }
    return text.toString();
  }

  private static Labels parse(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return CanonicalLabels.parse(bytes, 0, bytes.length);
  }
}
