package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import dev.skald.config.ByteSizes;
import dev.skald.config.SkaldConfig;
import dev.skald.config.keys.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values may be written, and what YAML itself allows. */
final class ValueFormsTest {
  @ParameterizedTest
  @CsvSource({
    "256KB, 262144, 256KB",
    "1mb, 1048576, 1MB",
    "1536KB, 1572864, 1536KB",
    "0, 0, 0B",
    "1000, 1000, 1000B",
    "3 GB, 3221225472, 3GB",
    "1EB, 1152921504606846976, 1EB",
  })
  void readsAndPrintsSizes(String text, long bytes, String printed) {
    assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
    assertThat(ByteSizes.print(bytes)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KB", "1.5MB", "-1", "1KiB", "99999999999999999999", "16EB", "1 0"})
  void refusesOtherSizes(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteSizes.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "GO_DURATION, 1.5h, 1h30m0s",
    "GO_DURATION, 300ms, 300ms",
    "GO_DURATION, 0, 0s",
    "GO_DURATION, 1000, 1µs",
    "GO_DURATION, 1h, 1h0m0s",
    "DURATION, 7d, 1w",
    "DURATION, 721h, 30d1h",
    "DURATION, 1h30m, 1h30m",
    "DURATION, 0, 0s",
    "DURATION, 24h, 1d",
    "FLOAT, 4, 4.0",
    "INT, 1.572864e+06, 1572864",
    "INT, 0x1F, 31",
    "INT, 1_000, 1000",
    "INT, 010, 8",
    "INT, -5, -5",
    "BOOL, yes, true",
    "BOOL, Off, false",
    "BOOL, n, false",
    "TIME, 2024-01-02T03:04, 2024-01-02T03:04:00Z",
    "TIME, 0, 0",
    "URL, http://u:p@h/x, http://u:********@h/x",
    "SECRET, abc, ********",
  })
  void readsAndPrintsValues(Scalar type, String text, String printed) {
    assertThat(type.print(type.parse(text, false))).hasToString(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "INT, 1e30", "INT, abc", "INT, .inf", "INT, true", "INT, 99999999999999999999", "BOOL, yEs",
    "BOOL, 1", "FLOAT, x", "GO_DURATION, 1d", "DURATION, 1.5h", "DURATION, 5", "DAY, 2024-13-01",
  })
  void refusesOtherValues(Scalar type, String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text, false));
  }

  @Test
  void keepsDefaultsWhereNothingStandsBehindAKey() {
    SkaldConfig empty = load("").config();

    assertThat(load("ingester:\nserver: ~\nlimits_config: null\ntarget:").config())
        .isEqualTo(empty);
    assertThat(load("---\n").config()).isEqualTo(empty);
    assertThat(load("# only words\n").config()).isEqualTo(empty);
  }

  @Test
  void takesAnEmptyListForWhatItIs() {
    assertThat(
            load("limits_config: {discover_service_name: []}")
                .config()
                .limits()
                .ingest()
                .discoverServiceName())
        .isEmpty();
  }

  @Test
  void understandsAnchorsAndMerges() {
    String text =
        """
        memberlist: &unused {join_members: []}
        limits_config:
          otlp_config:
            log_attributes:
              - &rule {action: drop, regex: 'a.*'}
              - {<<: *rule, regex: 'b.*'}
            scope_attributes:
              - {<<: [*rule]}
        """;

    assertThat(load(text).config().limits().otlp().log())
        .extracting(rule -> rule.matches("ax"), rule -> rule.matches("bx"))
        .containsExactly(tuple(true, false), tuple(false, true));
    assertThat(problems("server: {<<: 7}"))
        .containsExactly("line 1: map merge requires map or sequence of maps");
  }

  @Test
  void endsAtAliasesThatNeverDo() {
    assertThat(problems("bloom_build: &a {x: *a}")).isNotEmpty();
    assertThat(problems("server: &a {<<: *a}")).isEmpty();
    StringBuilder bomb = new StringBuilder("bloom_build: {a0: &a0 [x, x]");
    for (int i = 1; i < 40; i++) {
      bomb.append(", a%d: &a%d [*a%d, *a%d]".formatted(i, i, i - 1, i - 1));
    }
    assertThat(problems(bomb.append("}").toString())).isNotEmpty();
  }

  @Test
  void readsOnlyTheFirstDocument() {
    assertThat(load("target: all\n---\nnonsense: 1").config()).isEqualTo(load("").config());
  }

  @Test
  void readsOtlpAndIngestionBlocks() {
    String text =
        """
        limits_config:
          block_ingestion_until: 2030-01-01
          block_ingestion_status_code: 200
          enforced_labels: [team]
          blocked_queries:
            - {pattern: '.*x.*', regex: true, types: 'metric, filter'}
        """;
    var limits = load(text).config().limits();

    assertThat(limits.admission().blockUntil()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(limits.admission().enforcedLabels()).isEqualTo(List.of("team"));
    assertThat(limits.cost().blockedQueries().getFirst().types())
        .containsExactlyInAnyOrder("metric", "filter");
  }

  @Test
  void putsFlagsOverTheFileAndTheFileOverWhatCommonImplies() {
    String text =
        """
        common: {path_prefix: /p/}
        ingester: {wal: {dir: /file}}
        """;

    assertThat(load("common: {path_prefix: /p/}").config().ingester().wal().directory())
        .hasToString("/p/wal");
    assertThat(load(text).config().ingester().wal().directory()).hasToString("/file");
    assertThat(load(text, "-ingester.wal-dir=/flag").config().ingester().wal().directory())
        .hasToString("/flag");
    assertThat(load(text).config().storage().directory()).hasToString("/p/chunks");
    assertThat(load(text).config().server().shutdownDelay()).isEqualTo(Duration.ZERO);
  }

  @Test
  void notesAKeyWithoutEffectOnceAndASectionAsAWhole() {
    String text = "memberlist: {bind_port: 1, node_name: x}\nkafka_config: {any: {thing: 1}}";

    assertThat(Loading.notices(load(text)))
        .containsExactly(
            "t.yaml:1: memberlist has no effect in Skald",
            "t.yaml:2: kafka_config has no effect in Skald");
  }
}
