package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.MetricsPage;
import dev.skald.testing.RunningServer;
import dev.skald.testing.Scrape;
import dev.skald.testing.Scrape.Family;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} has what docs/metrics.md says, and what Loki's dashboards read. */
final class MetricsTest {
  @TempDir static Path directory;
  private static RunningServer server;
  private static String text;

  @BeforeAll
  static void use() {
    server = RunningServer.start(directory);
    String push = Lines.push(Map.of("app", "x"), 1_795_132_800_000_000_000L, List.of("a", "b"));
    assertThat(server.http().push(push).status()).isEqualTo(204);
    assertThat(server.http().push("{").status()).isEqualTo(400);
    server.http().get("/loki/api/v1/query", Map.of("query", "{app=\"x\"}"));
    server.http().get("/loki/api/v1/label/app/values");
    server.flush();
    text = server.http().get("/metrics").text();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void hasEverythingThatThePageListsAndNothingElse() {
    Map<String, Family> there = Scrape.of(text).described();
    assertThat(there).containsAllEntriesOf(MetricsPage.metrics("From the first request on"));
    there.keySet().removeAll(MetricsPage.names("From the first request on"));
    there.keySet().removeAll(MetricsPage.names("Once it has happened"));
    assertThat(there).isEmpty();
  }

  @Test
  void hasNothingThatThePageSaysIsMissing() {
    assertThat(MetricsPage.names("Not there"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(Scrape.of(text).families().keySet());
  }

  @Test
  void namesRoutesAsLokiDoes() {
    assertThat(text)
        .contains(
            "loki_request_duration_seconds_bucket{method=\"POST\",route=\"loki_api_v1_push\","
                + "status_code=\"204\",ws=\"false\",le=\"0.005\"}")
        .contains("route=\"loki_api_v1_label_name_values\"")
        .contains("loki_ingester_memory_streams{tenant=\"fake\"} 1")
        .contains("loki_inflight_requests{method=\"GET\",route=\"metrics\"} 1")
        .contains("loki_tcp_connections{protocol=\"http\"} 1");
    assertThat(text)
        .containsPattern("loki_distributor_lines_received_total\\{[^}]*tenant=\"fake\"[^}]*} 2");
  }

  @Test
  void countsAFlushAsForced() {
    assertThat(text)
        .contains("loki_ingester_chunks_flushed_total{reason=\"forced\"} 1.0")
        .contains("loki_ingester_chunks_flushed_total{reason=\"max_age\"} 0.0")
        .contains("loki_ingester_chunks_stored_total{tenant=\"fake\"} 1.0")
        .contains("loki_ingester_chunk_entries_sum 2.0")
        .contains("loki_ingester_streams_created_total{tenant=\"fake\"} 1.0");
  }

  @Test
  void countsALookAtLabelsAsOne() {
    assertThat(text)
        .contains(
            "loki_logql_querystats_latency_seconds_count"
                + "{range=\"\",status_code=\"200\",type=\"labels\"} 1");
  }

  @Test
  void speaksOpenMetricsToo() {
    Reply reply =
        server
            .http()
            .method(
                "GET",
                "/metrics",
                Map.of("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"),
                new byte[0]);
    assertThat(reply.headers().get("content-type"))
        .isEqualTo(
            "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores");
    assertThat(server.http().get("/metrics").headers().get("content-type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(reply.text()).endsWith("# EOF\n");
  }

  @Test
  void canBeSwitchedOff() {
    String yaml =
        RunningServer.config(directory.resolve("off"), 0, "")
            .replace("log_level: warn", "log_level: warn, register_instrumentation: false");
    try (RunningServer off =
        RunningServer.configured(directory.resolve("off"), yaml, java.time.Clock.systemUTC())) {
      assertThat(off.http().get("/metrics").status()).isEqualTo(404);
    }
  }
}
