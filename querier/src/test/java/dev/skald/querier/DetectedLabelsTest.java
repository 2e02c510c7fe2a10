package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.batch.Stride;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DetectedLabelsTest {
  private static final String UUID = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

  private static Map<String, Integer> detect(String... namesAndValues) {
    FakeStreams streams = new FakeStreams();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      streams.add(0, 1, namesAndValues[i], namesAndValues[i + 1]);
    }
    return DetectedLabels.of(streams.streams(List.of(), 0, 1), new Stride(() -> {}, 1));
  }

  @Test
  void countsTheDistinctValuesOfALabel() {
    assertThat(detect("env", "dev", "env", "prod", "env", "dev")).isEqualTo(Map.of("env", 2));
  }

  @Test
  void leavesOutLabelsWhoseValuesAreAllIds() {
    assertThat(detect("id", "12", "id", "3.5", "id", UUID)).isEmpty();
    assertThat(detect("id", "12", "id", "twelve")).isEqualTo(Map.of("id", 2));
  }

  @Test
  void keepsTheUsualPlacesWhateverTheirValues() {
    assertThat(detect("pod", "1", "instance", UUID, "cluster", "7", "namespace", "2"))
        .containsOnlyKeys("pod", "instance", "cluster", "namespace");
  }

  @Test
  void keepsFlags() {
    assertThat(detect("canary", "0", "canary", "1")).isEqualTo(Map.of("canary", 2));
    assertThat(detect("canary", "0", "canary", "2")).isEmpty();
  }
}
