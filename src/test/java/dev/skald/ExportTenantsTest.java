package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of several tenants come out together, each with its tenant. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExportTenantsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final int LINES = 4_000;
  private static final List<String> TENANTS = List.of("a", "b", "c");

  @TempDir static Path directory;
  private static RunningServer server;

  /** Tenants have the same streams with the same times; half of all is sealed. */
  @BeforeAll
  static void start() {
    String limits =
        ", max_query_memory: 30MB, ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000";
    String yaml =
        RunningServer.config(directory, 0, limits)
            .replace("auth_enabled: false", "auth_enabled: true");
    server =
        RunningServer.configured(
            directory, yaml + "querier: {multi_tenant_queries_enabled: true}\n", Clock.systemUTC());
    for (int from = 0; from < LINES; from += LINES / 2) {
      for (String tenant : TENANTS) {
        for (String pod : List.of("p1", "p2")) {
          push(tenant, pod, from);
        }
      }
      if (from == 0) {
        server.flush();
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void push(String tenant, String pod, int from) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i < from + LINES / 2; i++) {
      lines.add("%s %s %d %s".formatted(tenant, pod, i, "x".repeat(i % 800)));
    }
    String body = Lines.push(Map.of("app", "x", "pod", pod), TIME + from, lines);
    Http.Reply reply =
        server
            .http()
            .post(
                "/loki/api/v1/push",
                Map.of("Content-Type", "application/json", "X-Scope-OrgID", tenant),
                body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  private static String path(String query, String format, String cursor) {
    return "/skald/api/v1/export?query=%s&start=%d&end=%d&format=%s&cursor=%s"
        .formatted(
            URLEncoder.encode(query, StandardCharsets.UTF_8), TIME, TIME + LINES, format, cursor);
  }

  private static Http.Reply export(String query, String tenants, String... encoding) {
    Map<String, String> headers =
        encoding.length == 0
            ? Map.of("X-Scope-OrgID", tenants)
            : Map.of("X-Scope-OrgID", tenants, "Accept-Encoding", encoding[0]);
    return server.http().method("GET", path(query, "ndjson", ""), headers, new byte[0]);
  }

  /** Returns the lines of a reply after looking at their order and their tenants. */
  private static List<String> lines(String ndjson) throws Exception {
    List<String> lines = new ArrayList<>();
    long last = 0;
    for (String row : ndjson.split("\n")) {
      JsonNode node = JSON.readTree(row);
      if (node.has("cursor")) {
        continue;
      }
      assertThat(node.get("timestamp").asLong()).isGreaterThanOrEqualTo(last);
      last = node.get("timestamp").asLong();
      String line = node.get("line").asText();
      assertThat(node.at("/labels/__tenant_id__").asText()).isEqualTo(line.split(" ")[0]);
      assertThat(node.at("/labels/pod").asText()).isEqualTo(line.split(" ")[1]);
      lines.add(line);
    }
    return lines;
  }

  @Test
  void hasTheLinesOfEachInOrderOfTime() throws Exception {
    List<String> both = lines(export("{app=\"x\"}", "a|b").text());

    assertThat(both).hasSize(2 * 2 * LINES).doesNotHaveDuplicates();
    assertThat(both).noneMatch(line -> line.startsWith("c"));
    assertThat(lines(export("{app=\"x\",__tenant_id__=\"b\"}", "a|b|c").text()))
        .hasSize(2 * LINES)
        .allMatch(line -> line.startsWith("b"));
  }

  @Test
  void isTheSameCompressed() throws Exception {
    Http.Reply plain = export("{app=\"x\"}", "a|b|c");
    Http.Reply compressed = export("{app=\"x\"}", "a|b|c", "gzip");

    assertThat(compressed.headers()).containsEntry("content-encoding", "gzip");
    assertThat(compressed.body().length).isLessThan(plain.body().length / 4);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  @Test
  void goesOnAfterABreakWithNothingLostOrDoubled() throws Exception {
    List<String> lines = new ArrayList<>();
    String cursor = "";
    boolean over = false;
    for (int broken = 0; !over; broken++) {
      assertThat(broken).isLessThan(100);
      int most = 1_000 + 717 * broken;
      try (BufferedReader rows = open(cursor)) {
        rows.readLine();
        String row = rows.readLine();
        for (int count = 0; row != null && count < most; count++) {
          int line = row.lastIndexOf(",\"");
          int end = row.lastIndexOf("\",");
          lines.add(row.substring(line + 2, end));
          cursor = row.substring(end + 2);
          row = rows.readLine();
        }
        over = row == null;
      }
    }

    assertThat(lines).hasSize(3 * 2 * LINES).doesNotHaveDuplicates();
  }

  private static BufferedReader open(String cursor) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path("{app=\"x\"}", "csv", cursor));
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestProperty("X-Scope-OrgID", "c|b|a");
    InputStream in = connection.getInputStream();
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  @Test
  void largeAnswersOfQueriesComeCompressedToo() throws Exception {
    String query =
        "/loki/api/v1/query_range?query=%s&start=%d&end=%d&limit=5000"
            .formatted(
                URLEncoder.encode("{app=\"x\"} |~ \"x{600}\"", StandardCharsets.UTF_8),
                TIME,
                TIME + LINES);
    Http.Reply reply =
        server
            .http()
            .method(
                "GET",
                query,
                Map.of("X-Scope-OrgID", "a|b|c", "Accept-Encoding", "gzip"),
                new byte[0]);

    assertThat(reply.headers())
        .containsEntry("transfer-encoding", "chunked")
        .containsEntry("content-encoding", "gzip");
    InputStream body = new GZIPInputStream(new ByteArrayInputStream(reply.body()));
    JsonNode data = JSON.readTree(body).get("data");
    int lines = 0;
    for (JsonNode stream : data.get("result")) {
      lines += stream.get("values").size();
    }
    assertThat(lines).isEqualTo(5000);
    assertThat(data.at("/stats/summary/totalEntriesReturned").asInt()).isEqualTo(5000);
  }
}
