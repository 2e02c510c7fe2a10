package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.ConfigException;
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
  void refusesToListenInTheOpenWhereTlsIsAskedFor() {
    SkaldConfig config =
        config("server: {http_tls_config: {cert_file: /cert.pem, key_file: /key.pem}}");

    assertThatThrownBy(() -> Missing.refuse("x.yaml", config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("does not have")
        .hasMessageContaining("http_tls_config");
  }

  @Test
  void tellsThatTenantsAreReadOneAtATime() {
    SkaldConfig config = config("querier: {multi_tenant_queries_enabled: true}");

    assertThat(Missing.leftOut(config)).singleElement().asString().contains("one tenant at a time");
  }

  @Test
  void hasEverythingThatTheDefaultsAskFor() {
    SkaldConfig config = SkaldConfig.defaults();

    Missing.refuse("defaults", config);
    assertThat(Missing.leftOut(config)).isEmpty();
  }
}
