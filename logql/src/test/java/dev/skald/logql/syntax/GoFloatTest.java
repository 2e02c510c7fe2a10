package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoFloatTest {
  @ParameterizedTest
  @CsvSource({
    "1_0, 10",
    "0x1p4, 16",
    "0X_1.8P+1, 3",
    "Inf, Infinity",
    "+infinity, Infinity",
    "-inf, -Infinity",
    "nan, NaN",
    "+5, 5",
    "-0, -0.0",
    "1e3, 1000",
    ".5, 0.5",
    "5., 5",
    "1e-400, 0",
    "4.9e-324, 4.9e-324"
  })
  void readsWhatGoReads(String text, Double value) {
    assertThat(GoFloat.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x10", " 5", "5 ", "", "foo", "1__0", "_1", "1_", "1e", "1e+", ".", "5f", "5d", "1.2.3",
        "+nan", "infin", "0x", "1_.5", "--1", "1e5e5", "0b1", "0o7"
      })
  void rejectsWhatGoRejects(String text) {
    assertThatThrownBy(() -> GoFloat.parse(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "0x1p1024"})
  void rejectsWhatIsOutOfRange(String text) {
    assertThatThrownBy(() -> GoFloat.parse(text))
        .hasMessage("strconv.ParseFloat: parsing \"" + text + "\": value out of range");
  }

  @ParameterizedTest
  @CsvSource({
    "1e-7, 0.0000001, 1e-07, 0.000000",
    "1e21, 1000000000000000000000, 1e+21, 1000000000000000000000.000000",
    "12345678901234567000, 12345678901234567000, 1.2345678901234567e+19,"
        + " 12345678901234567168.000000",
    "1.5, 1.5, 1.5, 1.500000",
    "-0.0, -0, -0, -0.000000",
    "0, 0, 0, 0.000000",
    "NaN, NaN, NaN, NaN",
    "-Infinity, -Inf, -Inf, -Inf",
    "Infinity, +Inf, +Inf, +Inf",
    "0.0001, 0.0001, 0.0001, 0.000100",
    "1.25e-5, 0.0000125, 1.25e-05, 0.000013",
    "1e23, 100000000000000000000000, 1e+23, 99999999999999991611392.000000"
  })
  void printsAsGoDoes(double value, String plain, String general, String six) {
    assertThat(GoFloat.plain(value)).isEqualTo(plain);
    assertThat(GoFloat.general(value)).isEqualTo(general);
    assertThat(GoFloat.sixDecimals(value)).isEqualTo(six);
  }

  @ParameterizedTest
  @CsvSource({"999999, 999999", "1e6, 1e+06", "1234567.8, 1.2345678e+06", "4.9e-324, 5e-324"})
  void printsLargeNumbersWithAnExponent(double value, String text) {
    assertThat(GoFloat.general(value)).isEqualTo(text);
  }

  @Property(tries = 500)
  void readsBackWhatItPrints(@ForAll double value) {
    assertThat(GoFloat.parse(GoFloat.plain(value))).isEqualTo(value);
    assertThat(GoFloat.parse(GoFloat.general(value))).isEqualTo(value);
  }
}
