package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as http-api.md §2 has them. */
final class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "1795132800, 1795132800000000000",
    "-1795132800, -1795132800",
    "-179513280, -179513280000000000",
    "1795132800000, 1795132800000",
    "1795132800.5, 1795132800500000000",
    "1795132800.1234, 1795132800123000000",
    "-1.5, -1500000000",
    "+1.5, 1500000000",
    "1.5e9, 1500000000000000000",
    "5., 5000000000",
    ".5, 500000000",
  })
  void readsSecondsAndNanosecondsByTheirForm(String text, long nanos) {
    assertThat(TimeText.nanos(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T00:00:00Z, 1795132800000000000",
    "2026-11-20T01:00:00+01:00, 1795132800000000000",
    "2026-11-19T16:30:00-07:30, 1795132800000000000",
    "2026-11-21T00:00:00+24:00, 1795132800000000000",
    "2026-11-20T00:00:00.000000001Z, 1795132800000000001",
    "2026-11-20T00:00:00.1234567899Z, 1795132800123456789",
    "'2026-11-20T00:00:00,5Z', 1795132800500000000",
  })
  void readsWhatGoTakesForRfc3339(String text, long nanos) {
    assertThat(TimeText.nanos(text)).isEqualTo(nanos);
  }

  @Test
  void takesWhatNanosecondsDoNotReachForTheNearestThatTheyDo() {
    assertThat(TimeText.nanos("9999999999")).isEqualTo(Long.MAX_VALUE);
    assertThat(TimeText.nanos("9999-12-31T23:59:59Z")).isEqualTo(Long.MAX_VALUE);
    assertThat(TimeText.nanos("0001-01-01T00:00:00Z")).isEqualTo(Long.MIN_VALUE);
    assertThat(TimeText.nanos("1.0e300")).isEqualTo(Long.MAX_VALUE);
    assertThat(TimeText.nanos("-1.0e300")).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "-.",
        ".e5",
        ".",
        "1.2.3",
        "1e10",
        "1.0e400",
        "1.0e999999999",
        "2023-01-01",
        "2026-11-20T00:00Z",
        "2026-11-20t00:00:00z",
        "2026-11-20 00:00:00Z",
        "2026-11-20T00:00:00",
        "2026-11-20T00:00:00+0100",
        "2026-11-20T00:00:00+01:00:00",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "+2026-11-20T00:00:00Z"
      })
  void refusesAllElseInGoWords(String text) {
    assertThatThrownBy(() -> TimeText.nanos(text))
        .isInstanceOf(QueryException.class)
        .hasMessage("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
  }

  @Test
  void saysWhichNumberIsTooLarge() {
    assertThatThrownBy(() -> TimeText.nanos("99999999999999999999"))
        .hasMessage("strconv.ParseInt: parsing \"99999999999999999999\": value out of range");
  }
}
