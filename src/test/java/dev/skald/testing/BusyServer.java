package dev.skald.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ruler.http.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server with rules, an Alertmanager and receivers of recorded metrics, of which some are bad, to
 * which everything happens that is counted.
 */
public final class BusyServer implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final long DEADLINE_NANOS = 60_000_000_000L;
  private static final String RULES =
      """
      groups:
        - name: g
          interval: 10s
          rules:
            - alert: Lines
              expr: 'sum by (app) (count_over_time({app="x"}[5m])) > 0'
            - record: app:lines:count5m
              expr: 'sum by (app) (count_over_time({app="x"}[5m]))'
            - record: app:bad:rate5m
              expr: 'sum by (app) (sum_over_time({app="x"} | logfmt | unwrap duration(n) [5m]))'
      """;

  private final MovingClock clock = new MovingClock(START);
  private final Receiver good = receiver();
  private final Receiver refusing = receiver();
  private final int nobody;
  private final RunningServer server;
  private final Path directory;

  public BusyServer(Path directory) throws IOException {
    this.directory = directory;
    try (Receiver gone = receiver()) {
      nobody = gone.port();
    }
    for (int i = 0; i < 50; i++) {
      refusing.then(400);
    }
    write("rules/fake/rules.yaml", RULES);
    write("rules/other/rules.yaml", "groups: none\n");
    write("overrides.yaml", "overrides: {fake: {max_line_size: 1KB}}\n");
    server = RunningServer.configured(directory, yaml(), clock);
  }

  private static Receiver receiver() {
    try {
      return new Receiver();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String yaml() {
    String blocked = ", blocked_queries: [{pattern: '.*blocked.*', regex: true}]";
    return RunningServer.config(directory, 0, blocked)
        + """
        runtime_config: {file: %s}
        compactor:
          retention_enabled: true
          delete_request_store: filesystem
          delete_request_cancel_period: 1m
          apply_retention_interval: 1m
          compaction_interval: 1m
        ruler:
          alertmanager_url: http://127.0.0.1:%d,http://127.0.0.1:%d
          poll_interval: 200ms
          wal: {dir: %s}
          remote_write:
            enabled: true
            clients:
              good: {url: "http://127.0.0.1:%d/", queue_config: {batch_send_deadline: 200ms}}
              refusing: {url: "http://127.0.0.1:%d/", queue_config: {batch_send_deadline: 200ms}}
              gone: {url: "http://127.0.0.1:%d/", queue_config: {batch_send_deadline: 200ms}}
        """
            .formatted(
                directory.resolve("overrides.yaml"),
                good.port(),
                nobody,
                directory.resolve("ruler-wal"),
                good.port(),
                refusing.port(),
                nobody);
  }

  public Http http() {
    return server.http();
  }

  /** Lets everything happen, one after the other, and waits until it is counted. */
  public void live() throws IOException {
    push();
    query();
    fill();
    evaluate();
    failToSaveAlerts();
    delete();
    age();
  }

  private void push() {
    assertThat(pushed("a line", "n=1x").status()).isEqualTo(204);
    assertThat(pushed("x".repeat(2000)).status()).isEqualTo(400);
    assertThat(http().push("{").status()).isEqualTo(400);
  }

  private Http.Reply pushed(String... lines) {
    long now = clock.millis() * 1_000_000;
    return http().push(Lines.push(Map.of("app", "x"), now, List.of(lines)));
  }

  private void query() {
    for (String query : List.of("{app=\"x\"}", "{app=\"x\"} |= \"a\"", "rate({app=\"x\"}[5m])")) {
      http()
          .get(
              "/loki/api/v1/query_range",
              Map.of(
                  "query",
                  query,
                  "start",
                  START.getEpochSecond(),
                  "end",
                  START.getEpochSecond() + 60));
    }
    http().get("/loki/api/v1/query", Map.of("query", "sum(rate({app=\"x\"}[5m]))"));
    http().get("/loki/api/v1/query", Map.of("query", "{app=\"x\"}"));
    http().get("/loki/api/v1/query", Map.of("query", "sum(rate({app=\"blocked\"}[1m]))"));
    for (String path : List.of("labels", "label/app/values", "series", "index/stats")) {
      http().get("/loki/api/v1/" + path, Map.of("query", "{app=\"x\"}", "match[]", "{app=\"x\"}"));
    }
    http().get("/loki/api/v1/index/volume", Map.of("query", "{app=\"x\"}"));
    http().get("/loki/api/v1/index/shards", Map.of("query", "{app=\"x\"}"));
  }

  /** Makes segments that are worth a merge. */
  private void fill() {
    for (int i = 0; i < 8; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(pushed("line " + i).status()).isEqualTo(204);
      server.flush();
    }
    pass(Duration.ofMinutes(1), "skald_compactor_merge_seconds_count{");
  }

  private void evaluate() {
    pass(Duration.ofSeconds(10), "loki_prometheus_rule_evaluation_failures_total{");
    await("loki_prometheus_notifications_sent_total{");
    await("loki_prometheus_notifications_errors_total{");
    await("loki_ruler_wal_prometheus_remote_storage_samples_total{");
    await("loki_ruler_wal_prometheus_remote_storage_samples_failed_total{");
    await("loki_ruler_wal_prometheus_remote_storage_samples_retried_total{");
  }

  /** Puts a file where the states of alerts are to lie. */
  private void failToSaveAlerts() throws IOException {
    Path states = directory.resolve("chunks/ruler");
    try (Stream<Path> files = Files.walk(states)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createFile(states);
    pass(Duration.ofMinutes(2), "skald_ruler_alerts_save_failures_total{");
  }

  private void delete() {
    Http.Reply asked =
        http()
            .post(
                "/loki/api/v1/delete?query=%7Bapp%3D%22x%22%7D&start="
                    + START.minusSeconds(60).getEpochSecond(),
                Map.of(),
                new byte[0]);
    assertThat(asked.status()).as(asked.text()).isEqualTo(204);
    pass(Duration.ofMinutes(3), "loki_compactor_delete_requests_processed_total{");
  }

  /** Streams are forgotten, and samples that could not be sent are given up. */
  private void age() {
    clock.advance(Duration.ofMinutes(20));
    pass(Duration.ofHours(1), "loki_ingester_streams_removed_total{");
    pass(Duration.ofHours(24), "loki_ruler_wal_prometheus_remote_storage_samples_dropped_total{");
  }

  private void pass(Duration time, String sample) {
    clock.advance(time);
    await(sample);
  }

  /** Waits until the page of metrics has a sample whose value is not zero. */
  private void await(String sample) {
    Pattern counted =
        Pattern.compile("^" + Pattern.quote(sample) + ".* (?!0\\.0$)", Pattern.MULTILINE);
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!counted.matcher(metrics()).find()) {
      assertThat(System.nanoTime()).as("waiting for %s", sample).isLessThan(deadline);
      RunningServer.pause();
      // What is due an interval after its first look may have had that look just now.
      clock.advance(Duration.ofSeconds(1));
    }
  }

  public String metrics() {
    return http().get("/metrics").text();
  }

  @Override
  public void close() {
    server.close();
    good.close();
    refusing.close();
  }
}
