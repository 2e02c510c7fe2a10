package dev.skald.config.load;

import static dev.skald.config.load.Loading.failure;
import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of problem with its text, and all of them at once. */
final class ProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "foo: 1 | field foo not found in type loki.ConfigWrapper",
        "sever: {} | field sever not found in type loki.ConfigWrapper; did you mean \"server\"?",
        "ingester: {chunk_idle_perido: 1h} | field chunk_idle_perido not found in type"
            + " ingester.Config; did you mean \"chunk_idle_period\"?",
        "limits_config: {retention_stream: [{selectr: a}]} | field selectr not found in type"
            + " validation.StreamRetention; did you mean \"selector\"?",
        "retention_period: 7d | field retention_period not found in type loki.ConfigWrapper;"
            + " it belongs under \"limits_config\"",
        "storage_config: {s3: {}} | field s3 not found in type storage.Config;"
            + " it belongs under \"ruler_storage\", under \"ruler.storage\", under"
            + " \"storage_config.aws\"",
        "limits_config: {split_querys_by_interval: 1h} | field split_querys_by_interval not found"
            + " in type validation.plain; did you mean \"split_queries_by_interval\"?",
      })
  void namesAnUnknownKeyAndTheRightOne(String text, String message) {
    assertThat(problems("# comment\n" + text)).containsExactly("line 2: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "server: {http_listen_port: abc} | cannot unmarshal !!str `abc` into int",
        "server: {http_listen_port: \"3100\"} | cannot unmarshal !!str `3100` into int",
        "server: {http_listen_port: 1.5} | cannot unmarshal !!float `1.5` into int",
        "server: {http_listen_port: [1]} | cannot unmarshal !!seq into int",
        "server: {http_listen_port: {a: 1}} | cannot unmarshal !!map into int",
        "server: 7 | cannot unmarshal !!int `7` into server.Config",
        "auth_enabled: maybe | cannot unmarshal !!str `maybe` into bool",
        "ingester: {max_chunk_age: 7d} | cannot unmarshal !!str `7d` into time.Duration;"
            + " the units here are ns, us, ms, s, m and h; a day is 24h",
        "limits_config: {retention_period: abc} | cannot unmarshal !!str `abc` into"
            + " model.Duration; not a valid duration string: \"abc\"",
        "limits_config: {max_line_size: 1.5MB} | cannot unmarshal !!str `1.5MB` into"
            + " flagext.ByteSize; wanted whole bytes or a size like 256KB, 4MB, 1GB",
        "memberlist: {join_members: a} | cannot unmarshal !!str `a` into []string",
        "schema_config: {configs: 1} | cannot unmarshal !!int `1` into []config.PeriodConfig",
        "schema_config: {configs: [{from: soon}]} | cannot unmarshal !!str `soon` into"
            + " config.DayTime; wanted a day like 2006-01-02",
        "limits_config: {block_ingestion_until: later} | cannot unmarshal !!str `later` into"
            + " flagext.Time; wanted 0, 2006-01-02, 2006-01-02T15:04 or 2006-01-02T15:04:05Z",
      })
  void namesAWrongType(String text, String message) {
    assertThat(problems(text)).containsExactly("line 1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "server: {http_listen_port: 70000} | field server.http_listen_port is 70000; wanted 0 to"
            + " 65535",
        "server: {log_level: loud} | field server.log_level is loud; wanted one of debug, info,"
            + " warn, error",
        "ingester: {chunk_idle_period: 0s} | field ingester.chunk_idle_period is 0s; wanted more"
            + " than 0s",
        "ingester: {wal: {sync: often}} | field ingester.wal.sync is often; wanted one of batch,"
            + " always, never",
        "ingester: {chunk_encoding: lz5} | field ingester.chunk_encoding is lz5; wanted one of"
            + " none, gzip, lz4-64k, lz4-256k, lz4-1M, lz4, snappy, flate, zstd",
        "ingester: {wal: {disk_full_threshold: 2}} | field ingester.wal.disk_full_threshold is"
            + " 2.0; wanted 0 to 1",
        "limits_config: {max_query_series: -1} | field limits_config.max_query_series is -1;"
            + " wanted 0 or more",
      })
  void namesAValueOutOfRange(String text, String message) {
    assertThat(problems(text)).containsExactly("line 1: " + message);
  }

  @Test
  void namesAKeyThatStandsTwice() {
    assertThat(problems("target: all\nauth_enabled: true\ntarget: all"))
        .containsExactly("line 3: field target already set in type loki.ConfigWrapper");
    assertThat(problems("ruler:\n  external_labels:\n    a: b\n    a: c"))
        .containsExactly("line 4: key \"a\" already set in map");
  }

  @Test
  void tellsWhereTheTextIsNoYaml() {
    assertThat(problems("server:\n  a: [1\n")).hasSize(1);
    assertThat(problems("server: *nobody").getFirst()).contains("line 1").contains("nobody");
    assertThat(problems("a: \u0000")).hasSize(1);
  }

  @Test
  void reportsAllProblemsAtOnceInLokisForm() {
    String text =
        """
        foo: 1
        server:
          http_listen_port: abc
          log_level: loud
          http_listen_port: 3100
        limits_config:
          max_line_sise: 1KB
        """;

    assertThat(failure(text))
        .hasMessage(
            """
            failed parsing config: t.yaml: yaml: unmarshal errors:
              line 1: field foo not found in type loki.ConfigWrapper
              line 3: cannot unmarshal !!str `abc` into int
              line 4: field server.log_level is loud; wanted one of debug, info, warn, error
              line 5: field http_listen_port already set in type server.Config
              line 7: field max_line_sise not found in type validation.plain; did you mean \
            "max_line_size"?. Use `-config.expand-env=true` flag if you want to expand environment \
            variables in your config file\
            """);
    assertThat(failure(text).exitCode()).isEqualTo(1);
  }

  @Test
  void leavesOutTheHintWhereTheEnvironmentIsExpanded() {
    assertThatThrownBy(() -> load("foo: 1", "-config.expand-env"))
        .hasMessageNotContaining("expand-env");
  }

  @Test
  void reportsAllSemanticProblemsAtOnce() {
    String text =
        """
        target: all,nonsense
        server: {http_tls_config: {cert_file: a}}
        common:
          storage: {s3: {bucketnames: a}, filesystem: {chunks_directory: b}}
        schema_config:
          configs:
            - {from: 2024-01-02, store: tsdb, schema: v13, object_store: gcs, index: {period: 24h}}
            - {from: 2024-01-01, store: tsbd, schema: v14, object_store: gcs, index: {period: 1h}}
        ruler: {storage: {type: gcs}, remote_write: {enabled: true}}
        limits_config: {retention_stream: [{selector: '{a="b"}', period: 1h}]}
        """;

    assertThat(failure(text).getMessage())
        .startsWith("MULTIPLE CONFIG ERRORS FOUND, PLEASE READ CAREFULLY\n")
        .contains(
            "line 1: unrecognised module name: nonsense",
            "CONFIG ERROR: invalid server config: server.http_tls_config.cert_file and key_file"
                + " must be given together",
            "too many storage configs provided in the common config",
            "line 8: CONFIG ERROR: invalid schema config: schema_config.configs[1].from: periods"
                + " must stand in order of time",
            "unrecognized store tsbd",
            "unknown schema v14, wanted v13",
            "object_store \"gcs\" is not supported; Skald keeps data in: filesystem, s3",
            "invalid ruler config: storage type \"gcs\" is not supported",
            "invalid limits_config config: retention period must be >= 24h was 1h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "limits_config: {retention_stream: [{selector: '{a=\"b\"', period: 24h}]}"
            + " | invalid labels matchers",
        "limits_config: {retention_stream: [{selector: '{a=~\".*\"}', period: 24h}]}"
            + " | invalid labels matchers",
        "limits_config: {otlp_config: {log_attributes: [{action: index_label, regex: a}]}}"
            + " | index_label action is only supported for resource attributes",
        "limits_config: {otlp_config: {log_attributes: [{action: drop}]}}"
            + " | either attributes or regex must be set",
        "storage_config: {aws: {access_key_id: a, bucketnames: b}}"
            + " | must supply both an Access Key ID and Secret Access Key or neither",
        "schema_config: {configs: [{from: 2024-01-01, store: tsdb, schema: v13, object_store: s3,"
            + " index: {period: 24h}}]} | at least one bucket name must be specified",
        "schema_config: {configs: [{from: 2024-01-01, store: tsdb, schema: v13,"
            + " index: {period: 1h}}]} | index.period must be 24h for tsdb",
        "ruler: {remote_write: {enabled: true}} | remote-write enabled but no clients URL",
        "ruler: {alert_relabel_configs: 3} | relabel configs must be a list",
      })
  void refusesWhatDoesNotFitTogether(String text, String message) {
    assertThat(problems(text)).hasSize(1).first().asString().contains(message);
  }

  @Test
  void keepsSecretsOutOfMessages() {
    String text =
        """
        common: {storage: {s3: {secret_access_key: [hunter2], s3: 's3://k:hunter2 @x'}}}
        ruler: {alertmanager_url: 'http://u:hunter2@h:port ^'}
        """;

    assertThat(failure(text).problems()).hasSize(3);
    assertThat(failure(text)).hasMessageNotContaining("hunter2");
  }
}
