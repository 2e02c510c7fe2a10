package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.IngestLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LevelDetectorTest {
  private static final List<String> FIELDS = IngestLimits.defaults().logLevelFields();

  private static Level detect(String line, int depth) {
    byte[] bytes = ("error " + line + " error").getBytes(StandardCharsets.UTF_8);
    return new LevelDetector(FIELDS, depth).detect(bytes, 6, bytes.length - 12);
  }

  /** The checks of logql.md §24.3. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "misc:error ~ UNKNOWN",
        "errors ~ UNKNOWN",
        "x ERR. ~ UNKNOWN",
        "level=crit ~ UNKNOWN",
        "level=foo ~ UNKNOWN",
        "{\"level\":5} ~ UNKNOWN",
        "{\"level\":\"notice\"} ~ UNKNOWN",
        "warning! ~ WARN",
        "an err: x ~ ERROR",
        "{\"lvl\":\"error\",\"level\":\"info\"} ~ ERROR",
        "lvl=error level=info ~ INFO",
        "info msg error ~ INFO",
        "{\"a\":{\"b\":{\"level\":\"fatal\"}}} ~ FATAL",
        "level=foo bar error ~ ERROR",
      })
  void decidesAsRecorded(String line, Level expected) {
    assertThat(detect(line, 2)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{\"level\":\"WARN\",\"msg\":\"error\"} ~ WARN",
        "  {\"level\" : \"dbg\"}  ~ DEBUG",
        "{\"a\":{\"level\":\"trc\"}} ~ TRACE",
        "{\"a\":{\"b\":{\"level\":\"dbg\"}}} ~ UNKNOWN",
        "{\"msg\":\"no error here\",\"level\":\"dbg\"} ~ DEBUG",
        "{\"LEVEL\":\"inf\"} ~ INFO",
        "{\"lEvEl\":\"inf\"} ~ UNKNOWN",
        "{\"log.level\":\"wrn\"} ~ WARN",
        "{\"x\":[{\"level\":\"dbg\"}],\"lvl\":\"inf\"} ~ INFO",
        "{\"x\":[\"level\",\"dbg\"],\"lvl\":\"inf\"} ~ INFO",
        "{\"level\":null,\"lvl\":\"inf\"} ~ INFO",
        "{\"level\":\"dbg ~ UNKNOWN",
        "{\"level\":\"dbg} ~ UNKNOWN",
        "{\"a\":\"\\\"level\\\":\\\"fatal\\\"\",\"level\":\"inf\"} ~ INFO",
        "{} ~ UNKNOWN",
      })
  void looksAtMembersOfJson(String line, Level expected) {
    assertThat(detect(line, 2)).isEqualTo(expected);
  }

  @Test
  void looksAsDeepAsItIsTold() {
    String line = "{\"a\":{\"b\":{\"level\":\"dbg\"}}}";
    assertThat(detect(line, 3)).isEqualTo(Level.DEBUG);
    assertThat(detect(line, 0)).isEqualTo(Level.DEBUG);
    assertThat(detect("{\"a\":{\"level\":\"dbg\"}}", 1)).isEqualTo(Level.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "level=inf ~ INFO",
        "LeVeL=inf ~ INFO",
        "a=b level=\"wrn\" c=d ~ WARN",
        "flag level=trc ~ TRACE",
        "severity=inf lvl=dbg ~ INFO",
        "lvl=dbg severity=inf ~ INFO",
        "level=inf level=dbg ~ INFO",
        "msg=\"level=dbg\" lvl=inf ~ INFO",
        "msg=\"a \\\" b\" lvl=inf ~ INFO",
        "a=\"b lvl=inf ~ UNKNOWN",
        "lvl=inf a=\"b ~ INFO",
        "lvl=inf =x level=dbg ~ INFO",
        "=x level=dbg ~ UNKNOWN",
        "a=b=c level=dbg ~ UNKNOWN",
        "a\"b=c level=dbg ~ UNKNOWN",
        "level= lvl=dbg ~ UNKNOWN",
        "a=\"\"level=dbg ~ DEBUG",
        "level= ~ UNKNOWN",
        "level=\" ~ UNKNOWN",
      })
  void looksAtKeysOfLogfmt(String line, Level expected) {
    assertThat(detect(line, 2)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "ERROR: x ~ ERROR",
        "[error] x ~ ERROR",
        "(warn) x ~ WARN",
        "a critical, b ~ CRITICAL",
        "x\terr\ty ~ ERROR",
        "x \"fatal\" y ~ FATAL",
        "Debug ~ DEBUG",
        "a-error ~ UNKNOWN",
        "error-a ~ UNKNOWN",
        "error.a trace ~ TRACE",
        "errorerror warn ~ WARN",
        "dbg inf trc wrn information ~ UNKNOWN",
        "üerror ~ UNKNOWN",
        "%% ~ UNKNOWN",
        "%   % ~ UNKNOWN",
      })
  void looksForWords(String line, Level expected) {
    assertThat(detect(line, 2)).isEqualTo(expected);
  }

  @Test
  void survivesArbitraryLines() {
    Random random = new Random(2);
    String[] parts = {"{", "}", "[", "]", "\"", "\\", "=", ":", ",", " ", "level", "err", "\u00fc"};
    for (int round = 0; round < 20_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        line.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(detect(line.toString(), 2)).isNotNull();
    }
  }
}
