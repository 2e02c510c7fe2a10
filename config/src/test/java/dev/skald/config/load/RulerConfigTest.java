package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.HttpAuth;
import dev.skald.config.RemoteWriteConfig.Client;
import dev.skald.config.RulerConfig.Alertmanager;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import dev.skald.config.TlsClientConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of alerts and of recorded metrics, as files say it. */
final class RulerConfigTest {
  @TempDir Path directory;

  @Test
  void eachAlertmanagerHasTheUserOfItsOwnUrl() {
    AlertmanagerConfig config =
        load("ruler: {alertmanager_url: 'http://u:p:q@a:9093/am, https://b'}")
            .config()
            .ruler()
            .alertmanager();

    assertThat(config.receivers())
        .containsExactly(
            new Alertmanager(URI.create("http://a:9093/am"), HttpAuth.basic("u", "p:q")),
            new Alertmanager(URI.create("https://b"), HttpAuth.NONE));
  }

  @Test
  void theClientBlockCountsMoreThanTheUrl() {
    AlertmanagerConfig config =
        load("""
        ruler:
          alertmanager_url: http://u:p@a
          alertmanager_client:
            basic_auth_username: v
            basic_auth_password: w
            tls_ca_path: ca.pem
            tls_server_name: alerts
        """)
            .config()
            .ruler()
            .alertmanager();

    assertThat(config.receivers().getFirst().auth()).isEqualTo(HttpAuth.basic("v", "w"));
    assertThat(config.tls()).isEqualTo(new TlsClientConfig("ca.pem", "", "", "alerts", false));
  }

  @Test
  void discoveryWantsNamesOfServices() {
    AlertmanagerConfig config =
        load("""
        ruler:
          alertmanager_url: http://u:p@_web._tcp.alerts.svc/am
          enable_alertmanager_discovery: true
          alertmanager_refresh_interval: 5s
        """)
            .config()
            .ruler()
            .alertmanager();

    assertThat(config.receivers())
        .containsExactly(
            new Alertmanager(
                URI.create("http://_web._tcp.alerts.svc/am"), HttpAuth.basic("u", "p")));
    assertThat(config.discovery().refreshInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(problems("ruler: {alertmanager_url: http://a, enable_alertmanager_discovery: true}"))
        .singleElement()
        .asString()
        .contains("must be as _http._tcp.name, got \"a\"");
    assertThat(problems("ruler: {alertmanager_url: 'alerts:9093'}"))
        .singleElement()
        .asString()
        .contains("alertmanager_url has no host");
  }

  @Test
  void aTenantChangesReceiversAndHasFurtherOnes() throws Exception {
    Path overrides = directory.resolve("overrides.yaml");
    Files.writeString(
        overrides,
        """
        overrides:
          team-a:
            ruler_remote_write_config:
              prom: {headers: {X-Team: a}, queue_config: {max_samples_per_send: 7}}
              own: {url: http://own}
        """);
    LoadedConfig loaded =
        load(
            """
            runtime_config: {file: %s}
            ruler:
              remote_write:
                enabled: true
                clients: {prom: {url: http://prom, remote_timeout: 5s}}
            """
                .formatted(overrides));
    TenantOverrides limits = new TenantOverrides(loaded, directory);
    limits.reload(Instant.EPOCH);

    Map<String, Client> own = limits.limits("team-a").rules().remoteWriteClients();
    assertThat(own).containsOnlyKeys("prom", "own");
    assertThat(own.get("prom").url()).isEqualTo(URI.create("http://prom"));
    assertThat(own.get("prom").timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(own.get("prom").headers()).containsExactly(Map.entry("X-Team", "a"));
    assertThat(own.get("prom").queue().maxSamplesPerSend()).isEqualTo(7);
    assertThat(own.get("own").url()).isEqualTo(URI.create("http://own"));
    assertThat(limits.limits("team-b").rules().remoteWriteClients()).isEmpty();
  }

  @Test
  void aCertificateWantsItsKey() {
    assertThat(problems("ruler: {alertmanager_client: {tls_cert_path: a}}"))
        .singleElement()
        .asString()
        .contains("the certificate and its key must be given together");
  }
}
