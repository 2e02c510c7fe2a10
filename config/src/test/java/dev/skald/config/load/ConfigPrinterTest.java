package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.resource;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConfigPrinterTest {
  @Test
  void masksEverySecret() {
    String text =
        """
        common: {storage: {s3: {secret_access_key: hunter2, access_key_id: me,
          s3: 's3://key:hunter2@eu/bucket'}}}
        ruler:
          alertmanager_url: http://u:hunter2@h
          alertmanager_client: {basic_auth_password: hunter2, credentials: hunter2}
          remote_write:
            clients:
              a: {url: 'http://u:hunter2@h', headers: {X-Any: hunter2},
                  basic_auth: {username: u, password: hunter2}, oauth2: {client_secret: hunter2}}
        kafka_config: {sasl: {password: hunter2}, url: 'http://u:hunter2@h'}
        limits_config:
          ruler_remote_write_config: {a: {basic_auth: {password: hunter2}}}
        """;

    assertThat(ConfigPrinter.yaml(load(text).settings()))
        .doesNotContain("hunter2")
        .contains("secret_access_key: '********'");
    assertThat(load(text).config().toString()).doesNotContain("hunter2");
  }

  @Test
  void printsTheValuesInForce() {
    String printed = ConfigPrinter.yaml(load(resource("/wild/docker-image.yaml")).settings());

    assertThat(printed).contains("dir: /loki/wal", "reject_old_samples_max_age: 1w");
    assertThat(ConfigPrinter.yaml(load(printed).settings())).isEqualTo(printed);
  }

  @Test
  void printsOnlyWhatDiffers() {
    String text =
        "{limits_config: {ingestion_rate_mb: 10, max_query_series: 500}, auth_enabled: no}";

    assertThat(ConfigPrinter.diff(load(text).settings()))
        .isEqualTo(
            """
            auth_enabled: false
            storage_config:
              filesystem:
                directory: data/chunks
            compactor:
              working_directory: data/compactor
            limits_config:
              ingestion_rate_mb: 10
              per_stream_rate_limit: 0B
              per_stream_rate_limit_burst: 0B
            """);
  }
}
