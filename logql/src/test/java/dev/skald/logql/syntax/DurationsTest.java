package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5m, 300000000000",
    "1d12h, 129600000000000",
    "1y2w3d4h5m6s7ms, 33019506007000000",
    "90ms, 90000000",
    "007s, 7000000000"
  })
  void readsThePrometheusStyle(String text, long nanos) {
    assertThat(Durations.parsePrometheus(text)).isEqualTo(nanos);
    assertThat(Durations.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5; not a valid duration string: \"5\"",
        "' 5m'; not a valid duration string: \" 5m\"",
        "-5m; not a valid duration string: \"-5m\"",
        "30m1h; not a valid duration string: \"30m1h\"",
        "1h1h; not a valid duration string: \"1h1h\"",
        "''; empty duration string",
        "5x; unknown unit \"x\" in duration \"5x\"",
        "1.5h; unknown unit \".\" in duration \"1.5h\"",
        "300y; duration out of range",
        "99999999999999999999y; not a valid duration string: \"99999999999999999999y\"",
        "00; not a valid duration string: \"00\""
      })
  void saysWhyItIsNoPrometheusDuration(String text, String message) {
    assertThatThrownBy(() -> Durations.parsePrometheus(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "+0, 0",
    "-0, 0",
    "1.5h, 5400000000000",
    "-1.5h, -5400000000000",
    "5us, 5000",
    "5\u00b5s, 5000",
    "5\u03bcs, 5000",
    "1m1h1m, 3720000000000",
    ".5s, 500000000",
    "5.s, 5000000000",
    "1ns, 1",
    "0.9ns, 0",
    "-9223372036854775808ns, -9223372036854775808"
  })
  void readsTheGoStyle(String text, long nanos) {
    assertThat(Durations.parseGo(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "abc; time: invalid duration \"abc\"",
        "''; time: invalid duration \"\"",
        "-; time: invalid duration \"-\"",
        ".s; time: invalid duration \".s\"",
        "5; time: missing unit in duration \"5\"",
        "1h5; time: missing unit in duration \"1h5\"",
        "1d; time: unknown unit \"d\" in duration \"1d\"",
        "5\u00e9; time: unknown unit \"\\xc3\\xa9\" in duration \"5\\xc3\\xa9\"",
        "3000000h; time: invalid duration \"3000000h\""
      })
  void saysWhyItIsNoGoDuration(String text, String message) {
    assertThatThrownBy(() -> Durations.parseGo(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5d", "12h1d", "5", "x"})
  void rejectsWhatIsNeither(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s, 0s",
    "300000000000, 5m, 5m0s",
    "5400000000000, 1h30m, 1h30m0s",
    "129600000000000, 1d12h, 36h0m0s",
    "604800000000000, 1w, 168h0m0s",
    "691200000000000, 8d, 192h0m0s",
    "31536000000000000, 1y, 8760h0m0s",
    "2595600000000000, 30d1h, 721h0m0s",
    "1500000000, 1s500ms, 1.5s",
    "-90000000, -90ms, -90ms",
    "1500000, 1ms, 1.5ms",
    "1500, 0s, 1.5\u00b5s",
    "7, 0s, 7ns"
  })
  void printsBothStyles(long nanos, String prometheus, String go) {
    assertThat(Durations.printPrometheus(nanos)).isEqualTo(prometheus);
    assertThat(Durations.printGo(nanos)).isEqualTo(go);
  }

  @Property(tries = 500)
  void readsBackTheGoStyle(@ForAll long nanos) {
    assertThat(Durations.parseGo(Durations.printGo(nanos))).isEqualTo(nanos);
  }

  @Property(tries = 500)
  void readsBackThePrometheusStyle(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 1_000_000) long millis) {
    long nanos = millis * 1_000_000;
    assertThat(Durations.parsePrometheus(Durations.printPrometheus(nanos))).isEqualTo(nanos);
  }
}
