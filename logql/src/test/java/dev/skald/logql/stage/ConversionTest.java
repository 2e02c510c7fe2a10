package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.syntax.Durations;
import dev.skald.logql.syntax.GoFloat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConversionTest {
  private final Converted converted = new Converted();

  private boolean number(String text) {
    byte[] bytes = Bytes.utf8(text);
    return FloatText.parse(bytes, 0, bytes.length, converted);
  }

  private boolean duration(String text) {
    byte[] bytes = Bytes.utf8(text);
    return DurationText.parse(bytes, 0, bytes.length, converted);
  }

  private boolean size(String text) {
    byte[] bytes = Bytes.utf8(text);
    return SizeText.parse(bytes, 0, bytes.length, converted);
  }

  @ParameterizedTest
  @CsvSource({
    "1_0, 10",
    "0x1p4, 16",
    "Inf, Infinity",
    "-inf, -Infinity",
    "nan, NaN",
    "+5, 5",
    "1e3, 1000",
    ".5, 0.5",
    "-0.25, -0.25",
    "5., 5",
    "123456789012345678, 123456789012345678",
  })
  void readsNumbers(String text, double value) {
    assertThat(number(text)).isTrue();
    assertThat(Double.valueOf(converted.number)).isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x10 | invalid syntax",
        "' 5' | invalid syntax",
        "'' | invalid syntax",
        "- | invalid syntax",
        ". | invalid syntax",
        "1e400 | value out of range",
      })
  void saysWhyATextIsNoNumber(String text, String cause) {
    assertThat(number(text)).isFalse();
    assertThat(converted.error).isEqualTo("strconv.ParseFloat: parsing \"" + text + "\": " + cause);
  }

  @ParameterizedTest
  @CsvSource({
    "1h30m, 5400000000000",
    "1.5s, 1500000000",
    "0, 0",
    "-2ms, -2000000",
    "10us, 10000",
    "7ns, 7",
    "1.h, 3600000000000",
    "0.000000001s, 1",
  })
  void readsDurations(String text, long nanos) {
    assertThat(duration(text)).isTrue();
    assertThat(converted.integer).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc | time: invalid duration \"abc\"",
        "5 | time: missing unit in duration \"5\"",
        "1d | time: unknown unit \"d\" in duration \"1d\"",
        "1é | time: unknown unit \"\\xc3\\xa9\" in duration \"1\\xc3\\xa9\"",
        "'' | time: invalid duration \"\"",
      })
  void saysWhyATextIsNoDuration(String text, String message) {
    assertThat(duration(text)).isFalse();
    assertThat(converted.error).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"5 kB | 5000", "1,024 | 1024", ".5kB | 500", "1KiB | 1024", "7 | 7", "1.9 | 1"})
  void readsSizes(String text, long bytes) {
    assertThat(size(text)).isTrue();
    assertThat(converted.integer).isEqualTo(bytes);
  }

  @Property(tries = 300)
  void readsPlainNumbersAsTheSlowWayDoes(
      @ForAll int whole, @ForAll @IntRange(max = 99999) int part) {
    String text = whole + "." + part;
    assertThat(number(text)).isTrue();
    assertThat(converted.number).isEqualTo(GoFloat.parse(text));
  }

  @Property(tries = 300)
  void readsPlainDurationsAsTheSlowWayDoes(
      @ForAll @IntRange(max = 99999) int whole, @ForAll @IntRange(max = 9999) int part) {
    for (String unit : new String[] {"ns", "us", "ms", "s", "m", "h"}) {
      String text = whole + "." + part + unit;
      assertThat(duration(text)).isTrue();
      assertThat(converted.integer).isEqualTo(Durations.parseGo(text));
    }
  }
}
