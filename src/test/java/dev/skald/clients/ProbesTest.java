package dev.skald.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kubernetes, Prometheus, the gateway and k6 ask (config-and-clients.md §5.5 to §5.8). */
final class ProbesTest {
  private static final String QUERY =
      "/loki/api/v1/query_range?direction=backward&limit=100&query=%7Bapp%3D%22a%22%7D";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
    long now = System.currentTimeMillis() * 1_000_000L;
    String push = Lines.push(Map.of("app", "a"), now - 1000, List.of("one", "two"));
    assertThat(server.http().push(push).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Http.Reply get(String path, Map<String, String> headers) {
    return server.http().method("GET", path, headers, new byte[0]);
  }

  @Test
  void theKubeletFindsItReady() throws IOException {
    try (RawClient probe = new RawClient(server.port())) {
      probe.send(
          "GET /ready HTTP/1.1\r\nHost: 10.0.0.7:3100\r\nUser-Agent: kube-probe/1.33\r\n"
              + "Accept: */*\r\nConnection: close\r\n\r\n");
      RawClient.Reply reply = probe.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("ready\n");
      assertThat(probe.isClosed()).isTrue();
    }
  }

  /** As Prometheus 3 asks, and as older ones do. */
  @Test
  void prometheusScrapesInTheFormatThatItAsksFor() {
    Http.Reply modern =
        get(
            "/metrics",
            Map.of(
                "User-Agent",
                "Prometheus/3.4.0",
                "X-Prometheus-Scrape-Timeout-Seconds",
                "10",
                "Accept",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"));
    assertThat(modern.status()).isEqualTo(200);
    assertThat(modern.headers().get("content-type")).startsWith("application/openmetrics-text");
    assertThat(modern.text()).endsWith("# EOF\n").contains("loki_request_duration_seconds");
    Http.Reply old = get("/metrics", Map.of("Accept", "text/plain;version=0.0.4;q=1,*/*;q=0.1"));
    assertThat(old.headers().get("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(get("/api/v1/query?query=up", Map.of()).status()).isEqualTo(404);
  }

  /** The gateway adds tags that may be empty, and says for whom it asks. */
  @Test
  void tagsOfTheGatewayFailNoQuery() {
    for (String tags :
        List.of(
            "noop=,user=,dashboard_id=,panel_id=,source_rule_uid=,rule_name=",
            "Source=grafana,user=me@example.com,dashboard_id=,panel_id=7",
            ",,=,",
            "")) {
      Http.Reply reply =
          get(
              QUERY,
              Map.of("X-Query-Tags", tags, "X-Forwarded-For", "10.1.2.3", "X-Real-IP", "10.1.2.3"));
      assertThat(reply.status()).as(tags).isEqualTo(200);
      assertThat(reply.json().at("/data/result")).isNotEmpty();
    }
  }

  @Test
  void k6ReadsTheStatsOfItsQueries() {
    JsonNode summary =
        get(QUERY, Map.of("User-Agent", "xk6-loki/0.0.1", "X-Scope-OrgID", "xk6-tenant-1"))
            .json()
            .at("/data/stats/summary");
    for (String field :
        List.of(
            "totalBytesProcessed",
            "totalLinesProcessed",
            "bytesProcessedPerSecond",
            "linesProcessedPerSecond",
            "execTime")) {
      assertThat(summary.get(field).isNumber()).as(field).isTrue();
    }
    assertThat(summary.get("totalLinesProcessed").asInt()).isEqualTo(2);
  }
}
