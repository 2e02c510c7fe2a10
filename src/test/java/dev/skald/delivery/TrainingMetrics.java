package dev.skald.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The errors of a training job are counted, and the counts are kept as a metric elsewhere. */
abstract class TrainingMetrics {
  private static final long DEADLINE_NANOS = 90_000_000_000L;
  private static final String METRIC = "job:errors:count1m";
  private static final String RULES =
      """
      groups:
        - name: training
          interval: 1s
          rules:
            - record: job:errors:count1m
              expr: 'sum by (job) (count_over_time({namespace="kubeflow"} |= "error" [1m]))'
              labels: {source: skald}
            - alert: errorLog
              expr: 'sum by (job) (count_over_time({namespace="kubeflow"} |= "error" [1m])) > 0'
      """;

  @TempDir Path directory;
  private MetricStore store;
  private RunningServer server;

  /** Returns one that is not started yet, or aborts the test where there is none. */
  abstract MetricStore store(Path directory) throws IOException;

  @BeforeEach
  void open() throws IOException {
    store = store(directory);
    store.start();
    Path rules = Files.createDirectories(directory.resolve("rules/fake"));
    Files.writeString(rules.resolve("training.yaml"), RULES);
    start();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
    if (store != null) {
      store.close();
    }
  }

  private void start() {
    String ruler =
        """
        ruler:
          wal: {dir: %s}
          remote_write:
            enabled: true
            clients:
              prom:
                url: %s
                queue_config: {batch_send_deadline: 200ms}
                write_relabel_configs: [{target_label: cluster, replacement: eu}]
        """
            .formatted(directory.resolve("ruler-wal"), store.url());
    String yaml = RunningServer.config(directory, 0, "") + ruler;
    server = RunningServer.configured(directory, yaml, Clock.systemUTC());
  }

  private void push(Instant when) {
    long nanos = when.getEpochSecond() * 1_000_000_000L + when.getNano();
    Map<String, String> labels = Map.of("namespace", "kubeflow", "job", "mnist");
    String body = Lines.push(labels, nanos, List.of("error: no more memory", "an error again"));
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  private String metrics() {
    return server.http().get("/metrics").text();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(deadline);
      RunningServer.pause();
    }
  }

  @Test
  void aRecordedMetricArrives() {
    push(Instant.now());

    await("metric", () -> store.now(METRIC).isPresent());
    assertThat(store.now(METRIC)).contains(2.0);
    await("alert as metric", () -> store.now("ALERTS").isPresent());
    for (String metric :
        List.of(
            "samples_appended_total{tenant=\"fake\"}",
            "prometheus_remote_storage_samples_total{remote_name=\"fake-rw-prom\",tenant=\"fake\"}",
            "prometheus_remote_storage_samples_pending{remote_name=\"fake-rw-prom\"",
            "appender_ready{tenant=\"fake\"} 1.0",
            "disk_size{tenant=\"fake\"}")) {
      await(metric, () -> metrics().contains("loki_ruler_wal_" + metric));
    }
  }

  @Test
  void aSeriesThatEndsIsGoneAtOnce() {
    push(Instant.now().minusSeconds(45));

    await("metric", () -> store.now(METRIC).isPresent());
    await("end of the metric", () -> store.now(METRIC).isEmpty());
  }

  @Test
  void anOutageCostsNoSamplesNorDoesARestart() {
    store.stop();
    push(Instant.now());
    await("retry", () -> metrics().contains("remote_storage_samples_retried_total{"));
    server.close();
    long restarted = System.currentTimeMillis();
    start();
    store.start();

    await(
        "samples after the outage",
        () -> store.times(METRIC).stream().anyMatch(time -> time > restarted));
    assertThat(store.times(METRIC)).isSorted().anyMatch(time -> time < restarted);
    assertThat(metrics()).doesNotContain("samples_failed_total{", "samples_dropped_total{");
  }
}
