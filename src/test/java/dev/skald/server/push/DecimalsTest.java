package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalsTest {
  private static long parse(String text) throws DecodeException {
    byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
    return Decimals.parseLong(bytes, 1, bytes.length - 2, "here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1",
        "-1",
        "007",
        "1795140000000000000",
        "9223372036854775806",
        "9223372036854775807",
        "-9223372036854775807",
        "-9223372036854775808",
        "00000000000000000000000000000000000001"
      })
  void readsWhatFits(String text) throws Exception {
    assertThat(parse(text)).isEqualTo(Long.parseLong(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "--1",
        "+1",
        " 1",
        "1 ",
        "1.5",
        "1e3",
        "0x1",
        "a",
        ":",
        "/",
        "٣",
        "9223372036854775808",
        "9223372036854775810",
        "9223372036854775817",
        "-9223372036854775809",
        "-9223372036854775810",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999",
        "92233720368547758070",
        "-92233720368547758080"
      })
  void rejectsWhatDoesNot(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(DecodeException.class)
        .hasMessage("here: want unix nanoseconds as decimal digits, got \"" + text + "\"");
  }

  @Test
  void shortensLongTextsInItsMessage() {
    assertThatThrownBy(() -> parse("9".repeat(1000)))
        .hasMessageEndingWith("got \"" + "9".repeat(40) + "\"");
  }

  @Test
  void readsEveryLong() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(parse(Long.toString(number))).isEqualTo(number);
    }
  }
}
