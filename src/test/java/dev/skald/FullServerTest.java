package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.ServerInProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with too little disk or memory says so, and loses nothing. */
final class FullServerTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final int PUSHES = 100;
  private static final int LINES = 4000;

  @TempDir Path directory;

  @Test
  void refusesPushesWhileTheDiskIsTooFullAndStillAnswersQueries() {
    try (RunningServer server = RunningServer.start(directory)) {
      server.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("before")));
    }
    String ingester = "ingester: {wal: {disk_full_threshold: 0.0000001}}\n";
    try (RunningServer server = RunningServer.startWith(directory, ingester)) {
      String body = Lines.push(Map.of("app", "x"), TIME + 1, List.of("refused"));
      Http.Reply reply = server.http().push(body);
      for (int i = 0; reply.status() == 204 && i < 500; i++) {
        RunningServer.pause();
        reply = server.http().push(body);
      }

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers()).containsEntry("retry-after", "1");
      assertThat(reply.text()).startsWith("the disk of the write-ahead log is full: ");
      assertThat(otlp(server.http()).status()).isEqualTo(503);
      assertThat(otlp(server.http()).headers()).containsEntry("retry-after", "1");
      assertThat(Lines.query(server.http(), "{app=\"x\"}", TIME, TIME + 1)).hasSize(1);
      assertThat(server.http().get("/metrics").text())
          .contains("loki_ingester_wal_disk_full_failures_total");
    }
  }

  @Test
  void takesMoreThanItsMemoryHoldsAtATime() throws Exception {
    try (ServerInProcess server = ServerInProcess.start(directory, "", "-Xmx96m")) {
      for (int push = 0; push < PUSHES; push++) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
          lines.add("push %d line %d %s".formatted(push, i, "some words to fill it ".repeat(10)));
        }
        Map<String, String> labels = Map.of("app", "app-" + push % 7);
        Http.Reply reply =
            server.http().push(Lines.push(labels, TIME + (long) push * LINES, lines));
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
      }
      assertThat(count(server.http())).isEqualTo(PUSHES * LINES);
      String metrics = server.http().get("/metrics").text();
      assertThat(metric(metrics, "skald_ingester_memory_used_bytes"))
          .isLessThanOrEqualTo(1.25 * metric(metrics, "skald_ingester_memory_limit_bytes"));
      assertThat(metrics)
          .contains("loki_ingester_wal_bytes_in_use ")
          .contains("loki_ingester_wal_replay_active 0.0")
          .contains("loki_ingester_wal_replay_duration_seconds ")
          .contains("skald_ingester_heads_failing 0.0");
    }
  }

  private static Http.Reply otlp(Http http) {
    String body =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[
          {"timeUnixNano":"1795132800000000000","body":{"stringValue":"x"}}]}]}]}\
        """;
    return http.post(
        "/otlp/v1/logs",
        Map.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static int count(Http http) {
    Http.Reply reply =
        http.get(
            "/loki/api/v1/query",
            Map.of(
                "query",
                "sum(count_over_time({app=~\".+\"}[1h]))",
                "time",
                TIME / 1_000_000_000L + 60));
    return reply.json().at("/data/result/0/value/1").asInt();
  }

  private static double metric(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
