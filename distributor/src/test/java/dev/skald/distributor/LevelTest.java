package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LevelTest {
  private static Level of(String word) {
    byte[] bytes = ("<" + word + ">").getBytes(StandardCharsets.UTF_8);
    return Level.of(bytes, 1, bytes.length - 2);
  }

  @ParameterizedTest
  @CsvSource({
    "trace, TRACE",
    "trc, TRACE",
    "debug, DEBUG",
    "dbg, DEBUG",
    "info, INFO",
    "inf, INFO",
    "information, INFO",
    "warn, WARN",
    "wrn, WARN",
    "warning, WARN",
    "error, ERROR",
    "err, ERROR",
    "critical, CRITICAL",
    "fatal, FATAL",
  })
  void readsItsWordsInAnyCase(String word, Level expected) {
    assertThat(of(word)).isEqualTo(expected);
    assertThat(of(word.toUpperCase(Locale.ROOT))).isEqualTo(expected);
    assertThat(of(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "e", "er", "crit", "notice", "unknown", "errors", "informations", "ïnfo"})
  void readsNothingElse(String word) {
    assertThat(of(word)).isNull();
  }

  @Test
  void printsItselfInLowerCase() {
    assertThat(Level.CRITICAL.text()).isEqualTo("critical".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({
    "0, UNKNOWN",
    "1, TRACE",
    "4, TRACE",
    "-3, TRACE",
    "5, DEBUG",
    "8, DEBUG",
    "9, INFO",
    "12, INFO",
    "13, WARN",
    "16, WARN",
    "17, ERROR",
    "20, ERROR",
    "21, FATAL",
    "24, FATAL",
    "25, UNKNOWN",
    "99999999999, UNKNOWN",
    "x, INFO",
    "1.5, INFO",
    "99999999999999999999, INFO",
  })
  void readsSeverityNumbers(String number, Level expected) {
    assertThat(Level.ofSeverityNumber(number)).isEqualTo(expected);
  }
}
