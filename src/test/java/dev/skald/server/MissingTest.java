package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.SkaldConfig;
import dev.skald.config.load.CommandLine;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MissingTest {

  private static SkaldConfig config(String yaml) {
    Surroundings surroundings = new Surroundings(Path.of("."), Map.of(), 2);
    return ConfigLoader.parse("x.yaml", yaml, CommandLine.empty(), surroundings).config();
  }

  @Test
  void tellsThatTenantsAreReadOneAtATime() {
    SkaldConfig config = config("querier: {multi_tenant_queries_enabled: true}");

    assertThat(Missing.leftOut(config)).singleElement().asString().contains("one tenant at a time");
  }

  @Test
  void hasEverythingThatTheDefaultsAskFor() {
    SkaldConfig config = SkaldConfig.defaults();

    assertThat(Missing.leftOut(config)).isEmpty();
  }
}
