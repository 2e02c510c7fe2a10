package dev.skald.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training job on Kubernetes fails, and whoever is on duty hears of it: rules in a ConfigMap, a
 * traceback that is pushed, an Alertmanager.
 */
abstract class TrainingAlerts {
  private static final long DEADLINE_NANOS = 90_000_000_000L;
  private static final Map<String, String> MASTER =
      Map.of(
          "app", "pytorch-simple",
          "pod", "pytorch-simple-master-0",
          "namespace", "kubeflow",
          "job", "kubeflow/pytorch-simple");
  private static final List<String> TRACEBACK =
      List.of(
          "Traceback (most recent call last):",
          "  File \"/opt/mnist.py\", line 42, in <module>",
          "RuntimeError: CUDA out of memory",
          "Warning: checkpoint was not written");
  private static final String RULES =
      """
      groups:
        - name: training
          interval: %s
          rules:
            - alert: errorLog
              expr: 'count_over_time({namespace="kubeflow"} |~ "^.*(?i)(error|fail|failed|invalid).*$" [1m]) > 0'
              for: 0m
              labels: {severity: critical, instance: "{{ $labels.job }}"}
              annotations:
                description: 'get error {{ $value }} log in pod {{ $labels.pod }} of {{ $labels.job }}'
            - alert: tooMuchWarningLog
              expr: >-
                sum(rate({namespace="kubeflow"} |~ "^.*(?i)(warning).*$" [5m])) by (job) /
                sum(rate({namespace="kubeflow"} [5m])) by (job) > 0.05
              for: 0m
              labels: {severity: warning, instance: "{{ $labels.job }}"}
              annotations:
                description: 'get {{ printf "%%.2f" $value }} warning log in job {{ $labels.job }}'
      """;

  @TempDir Path directory;
  private Alertmanager alertmanager;
  private RunningServer server;

  /** Returns one that is not started yet, or aborts the test where there is none. */
  abstract Alertmanager alertmanager(Path directory) throws IOException;

  @BeforeEach
  void open() throws IOException {
    alertmanager = alertmanager(directory);
    alertmanager.start();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
    if (alertmanager != null) {
      alertmanager.close();
    }
  }

  private void start(Duration interval) throws IOException {
    mount("..2026_01", RULES.formatted(interval.toSeconds() + "s"));
    String ruler =
        """
        ruler:
          alertmanager_url: http://127.0.0.1:%d
          poll_interval: 200ms
          external_url: http://grafana:3000
          datasource_uid: loki-1
          external_labels: {cluster: eu}
        """
            .formatted(alertmanager.port());
    String yaml = RunningServer.config(directory, 0, "") + ruler;
    server = RunningServer.configured(directory, yaml, Clock.systemUTC());
  }

  /** Puts rules where a ConfigMap has them: behind a link that is changed in one step. */
  private void mount(String version, String rules) throws IOException {
    Path mounted = Files.createDirectories(directory.resolve("rules/fake"));
    Files.writeString(
        Files.createDirectory(mounted.resolve(version)).resolve("training.yaml"), rules);
    Path link = Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of(version));
    Files.move(
        link,
        mounted.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Path file = mounted.resolve("training.yaml");
    if (!Files.exists(file)) {
      Files.createSymbolicLink(file, Path.of("..data/training.yaml"));
    }
  }

  private void fail(Instant when) {
    long nanos = when.getEpochSecond() * 1_000_000_000L + when.getNano();
    assertThat(server.http().push(Lines.push(MASTER, nanos, TRACEBACK)).status()).isEqualTo(204);
  }

  private Optional<JsonNode> firing(String name) {
    return alertmanager.firing().stream()
        .filter(alert -> alert.get("labels").get("alertname").asText().equals(name))
        .findFirst();
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(deadline);
      RunningServer.pause();
    }
  }

  private String metrics() {
    return server.http().get("/metrics").text();
  }

  private boolean fires(String name) {
    String alerts = server.http().get("/prometheus/api/v1/alerts").text();
    return alerts.contains("\"alertname\":\"" + name + "\"");
  }

  @Test
  void aTracebackIsAnAlertWithinTwoIntervals() throws IOException {
    Duration interval = Duration.ofSeconds(10);
    start(interval);

    long pushed = System.nanoTime();
    fail(Instant.now());
    await("alert", () -> firing("errorLog").isPresent());
    await("alert", () -> firing("tooMuchWarningLog").isPresent());

    assertThat(Duration.ofNanos(System.nanoTime() - pushed)).isLessThan(interval.multipliedBy(2));
    JsonNode error = firing("errorLog").orElseThrow();
    assertThat(error.get("annotations").get("description").asText())
        .isEqualTo("get error 1 log in pod pytorch-simple-master-0 of kubeflow/pytorch-simple");
    assertThat(error.get("labels").get("instance").asText()).isEqualTo("kubeflow/pytorch-simple");
    assertThat(error.get("labels").get("cluster").asText()).isEqualTo("eu");
    assertThat(error.get("generatorURL").asText())
        .startsWith("http://grafana:3000/explore?left=%7B%22queries%22")
        .contains("loki-1");
    JsonNode warning = firing("tooMuchWarningLog").orElseThrow();
    assertThat(warning.get("annotations").get("description").asText())
        .isEqualTo("get 0.25 warning log in job kubeflow/pytorch-simple");
  }

  @Test
  void whatIsSentIsCounted() throws IOException {
    start(Duration.ofSeconds(1));
    fail(Instant.now());

    for (String metric :
        List.of(
            "sent_total{alertmanager=\"http://127.0.0.1:%d/api/v2/alerts\",user=\"fake\"} "
                .formatted(alertmanager.port()),
            "latency_seconds_count{",
            "dropped_total{user=\"fake\"} 0.0",
            "queue_length{user=\"fake\"} 0.0",
            "queue_capacity{user=\"fake\"} 10000.0",
            "alertmanagers_discovered{user=\"fake\"} 1.0")) {
      await(metric, () -> metrics().contains("loki_prometheus_notifications_" + metric));
    }
  }

  @Test
  void anAlertmanagerThatWasAwayIsTold() throws IOException {
    start(Duration.ofSeconds(1));
    alertmanager.stop();

    fail(Instant.now());
    await("alert", () -> fires("errorLog"));
    await("failed attempt", () -> metrics().contains("notifications_errors_total{"));
    alertmanager.start();

    // Rules say it again after a minute only; here it is what was queued.
    await("alert", () -> firing("errorLog").isPresent());
    assertThat(metrics())
        .contains("loki_prometheus_notifications_dropped_total{user=\"fake\"} 0.0");
  }

  @Test
  void aSwappedConfigMapIsInForce() throws IOException {
    start(Duration.ofSeconds(1));
    fail(Instant.now());
    await("alert", () -> firing("errorLog").isPresent());

    mount("..2026_02", RULES.formatted("1s").replace("errorLog", "traceback"));

    await(
        "rule",
        () ->
            server
                .http()
                .get("/prometheus/api/v1/rules")
                .text()
                .contains("\"name\":\"traceback\""));
    await("alert", () -> firing("traceback").isPresent());
  }

  @Test
  void anAlertIsResolvedWhenItsLinesAreOld() throws IOException {
    start(Duration.ofSeconds(1));

    fail(Instant.now().minusSeconds(45));
    await("alert", () -> firing("errorLog").isPresent());
    await("end of the alert", () -> firing("errorLog").isEmpty());

    assertThat(fires("errorLog")).isFalse();
    assertThat(firing("tooMuchWarningLog")).isPresent();
  }
}
