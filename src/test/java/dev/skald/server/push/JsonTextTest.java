package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1.5, -1.5",
    "100, 100",
    "123456789, 123456789",
    "0.1, 0.1",
    "1e-6, 0.000001",
    "9.5e-7, 9.5e-7",
    "1e-7, 1e-7",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "-2e-300, -2e-300",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
  })
  void printsNumbersAsEcmaScriptDoes(double value, String text) {
    StringBuilder out = new StringBuilder();
    JsonText.number(out, value);
    assertThat(out).hasToString(text);
  }

  @Test
  void escapesOnlyWhatItMust() {
    StringBuilder out = new StringBuilder();
    JsonText.quote(out, "a\"\\\n\r\t\u0001<&>ü😀/");
    assertThat(out).hasToString("\"a\\\"\\\\\\n\\r\\t\\u0001<&>ü😀/\"");
  }
}
