package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.SkaldConfig.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetsTest {
  @ParameterizedTest
  @ValueSource(strings = {"read", "querier", "query-frontend,query-scheduler", " querier, read"})
  void aProcessOfReadingPartsOnlyReads(String target) {
    LoadedConfig loaded = load("target: \"" + target + "\"");

    assertThat(loaded.config().target()).isEqualTo(Target.READ);
    assertThat(loaded.notices()).noneMatch(notice -> notice.toString().contains("target"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "write", "backend", "read,write", "ruler", ""})
  void anyOtherProcessDoesEverything(String target) {
    assertThat(load("target: \"" + target + "\"").config().target()).isEqualTo(Target.ALL);
  }
}
