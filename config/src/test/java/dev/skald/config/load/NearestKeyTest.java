package dev.skald.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestKeyTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, acb, 1",
    "abc, ab, 1",
    "abc, '', 3",
    "ca, abc, 3"
  })
  void countsEdits(String a, String b, int distance) {
    assertThat(NearestKey.distance(a, b)).isEqualTo(distance);
    assertThat(NearestKey.distance(b, a)).isEqualTo(distance);
  }
}
