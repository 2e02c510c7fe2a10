package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.notices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.ConfigException;
import dev.skald.config.SkaldConfig;
import dev.skald.config.load.CommandLine.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlagReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-server.http-listen-port 4000",
        "-server.http-listen-port=4000",
        "--server.http-listen-port 4000",
        "--server.http-listen-port=4000",
      })
  void readsEveryFormOfAFlag(String flags) {
    LoadedConfig loaded = load("server: {http_listen_port: 1}", flags.split(" "));

    assertThat(loaded.config().server().http().port()).isEqualTo(4000);
    assertThat(loaded.notices()).isEmpty();
  }

  @Test
  void readsSwitches() {
    CommandLine read =
        FlagReader.read(
            List.of(
                "-config.file=a.yaml, b.yaml",
                "-verify-config",
                "-config.expand-env=true",
                "-print-config-stderr=false",
                "-version",
                "-h",
                "-health.url=http://x"));

    assertThat(read.configFiles()).containsExactly(Path.of("a.yaml"), Path.of("b.yaml"));
    assertThat(read.options())
        .containsExactlyInAnyOrder(
            Option.VERIFY_CONFIG, Option.EXPAND_ENV, Option.VERSION, Option.HELP);
    assertThat(read.healthUrl()).isEqualTo("http://x");
  }

  @Test
  void setsTheCommonKeys() {
    SkaldConfig config =
        load(
                "",
                "-auth.enabled=false",
                "-log.level=error",
                "-log.format",
                "json",
                "-server.http-listen-address=::1",
                "-target=all",
                "-runtime-config.file=r.yaml")
            .config();

    assertThat(config.authEnabled()).isFalse();
    assertThat(config.server().log().level()).hasToString("ERROR");
    assertThat(config.server().log().format()).hasToString("JSON");
    assertThat(config.server().http().address()).isEqualTo("::1");
    assertThat(config.runtime().files()).containsExactly(Path.of("r.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-validation.reject-old-samples=false | sets limits_config.reject_old_samples",
        "-distributor.max-line-size=1MB | sets limits_config.max_line_size",
        "-querier.max-query-series=9 | sets limits_config.max_query_series",
        "-ingester.max-chunk-age=1h | sets ingester.max_chunk_age",
        "-compactor.retention-enabled | sets compactor.retention_enabled",
        "-memberlist.join=a | (memberlist.join_members) has no effect in Skald",
        "-reporting.enabled=false | (analytics.reporting_enabled) has no effect in Skald",
      })
  void takesAFlagForEveryKeyWithANotice(String flag, String notice) {
    assertThat(notices(load("", flag)))
        .containsExactly("command line: " + flag.split("=")[0] + " " + notice);
  }

  @Test
  void letsAListGrowWithEveryUse() {
    LoadedConfig loaded = load("", "-memberlist.join=a", "-memberlist.join", "b,c");

    assertThat(loaded.settings().block("memberlist").texts("join_members"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void reportsAllBadFlagsAtOnceWithExitCodeTwo() {
    assertThatThrownBy(
            () ->
                FlagReader.read(
                    List.of(
                        "-foo",
                        "stray",
                        "-server.http-listen-port=x",
                        "-auth.enabled=maybe",
                        "-log.level=loud",
                        "-config.file")))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContainingAll(
            "flag provided but not defined: -foo",
            "unexpected argument: stray",
            "invalid value \"x\" for flag -server.http-listen-port: parse error",
            "invalid value \"maybe\" for flag -auth.enabled: parse error",
            "invalid value \"loud\" for flag -log.level: wanted one of debug",
            "flag needs an argument: -config.file",
            "Run with -help to get list of available parameters");
  }

  @Test
  void printsEveryFlagInItsUsage() {
    assertThat(FlagReader.usage())
        .contains(
            "-server.http-listen-port int\n    \tdefault 3100", "-log.level", "-verify-config");
  }

  @Test
  void readsTheFirstFileThatExists(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("b.yaml"), "server: {http_listen_port: 7}");
    Surroundings here = new Surroundings(directory, Map.of(), 1);

    LoadedConfig loaded =
        ConfigLoader.load(FlagReader.read(List.of("-config.file=a.yaml,b.yaml")), here);

    assertThat(loaded.source()).isEqualTo("b.yaml");
    assertThat(loaded.config().server().http().port()).isEqualTo(7);
    assertThatThrownBy(
            () -> ConfigLoader.load(FlagReader.read(List.of("-config.file=a.yaml,c.yaml")), here))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "a.yaml,c.yaml does not exist, set config.file for custom config path");
  }

  @Test
  void findsTheUsualFile(@TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("config"));
    Files.writeString(directory.resolve("config/config.yaml"), "auth_enabled: true");

    LoadedConfig loaded =
        ConfigLoader.load(CommandLine.empty(), new Surroundings(directory, Map.of(), 1));

    assertThat(loaded.source()).isEqualTo(Path.of("config/config.yaml").toString());
  }
}
