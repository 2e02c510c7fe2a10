package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldTypeTest {
  @ParameterizedTest
  @CsvSource({
    "12, int",
    "-0, int",
    "00019, int",
    "12345678901234567890, float",
    "1.5, float",
    "0000000000000000000000000016e073, float",
    "true, boolean",
    "F, boolean",
    "1, int",
    "12ms, duration",
    "0m25s, duration",
    "10KB, bytes",
    "308.0kB, bytes",
    "'', string",
    "2dace6, string",
    "tRUE, string",
    "-, string"
  })
  void isTheFirstThatFits(String value, String type) {
    assertThat(FieldType.of(value).text()).isEqualTo(type);
  }
}
