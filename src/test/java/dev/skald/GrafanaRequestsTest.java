package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Grafana's requests one after the other, from "Save & test" to the rule editor, each answer with
 * what Grafana needs of it (config-and-clients.md §4).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GrafanaRequestsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_795_132_800L * SECOND;
  private static final long END = START + 3600 * SECOND;
  private static final String SELECTOR = "{service_name=\"shop\"}";
  private static final Map<String, String> BACKEND =
      Map.of(
          "User-Agent", "Grafana/12.1",
          "X-Loki-Response-Encoding-Flags", "categorize-labels",
          "X-Dashboard-Uid", "d1",
          "FromAlert", "true",
          "X-Query-Tags", "Source=logvolhist,user=,dashboard_id=");

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.startWith(directory, "ruler: {enable_api: true}\n");
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      values.append(i == 0 ? "" : ",");
      String line =
          "{\\\"level\\\":\\\"%s\\\",\\\"took\\\":\\\"%dms\\\",\\\"n\\\":%d}"
              .formatted(i % 10 == 0 ? "error" : "info", 10 + i, i);
      values.append(
          "[\"%d\",\"%s\",{\"trace_id\":\"t%d\"}]".formatted(START + i * 60 * SECOND, line, i));
    }
    String body =
        "{\"streams\":[{\"stream\":{\"app\":\"shop\",\"pod\":\"p1\"},\"values\":[%s]}]}"
            .formatted(values);
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply get(String path, Object... parameters) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      String value = URLEncoder.encode(parameters[i + 1].toString(), StandardCharsets.UTF_8);
      pairs.add(parameters[i] + "=" + value);
    }
    String query = pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    return server.http().method("GET", path + query, BACKEND, new byte[0]);
  }

  private static JsonNode json(String path, Object... parameters) {
    Reply reply = get(path, parameters);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers().get("content-type")).startsWith("application/json");
    return reply.json();
  }

  /** Asks as a panel does; checks what the streaming parser depends on. */
  private static JsonNode range(String query, String direction, int limit) {
    Reply reply =
        get(
            "/loki/api/v1/query_range",
            "direction",
            direction,
            "end",
            END,
            "limit",
            limit,
            "query",
            query,
            "start",
            START,
            "step",
            "60000ms");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    String text = reply.text();
    assertThat(text).startsWith("{\"status\":\"success\",\"data\":{\"resultType\":");
    assertThat(text.indexOf("\"resultType\"")).isLessThan(text.indexOf("\"result\":["));
    assertThat(text.indexOf("\"result\":[")).isLessThan(text.lastIndexOf("\"stats\":{"));
    return reply.json().path("data");
  }

  private static List<String> texts(JsonNode array) {
    assertThat(array.isArray()).isTrue();
    return array.valueStream().map(JsonNode::asText).toList();
  }

  @Test
  @Order(1)
  void savesAndTests() {
    Reply reply =
        server
            .http()
            .get(
                "/loki/api/v1/query?direction=backward&query=vector%281%29%2Bvector%281%29"
                    + "&time=4000000000");
    JsonNode data = reply.json().path("data");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(data.path("resultType").asText()).isEqualTo("vector");
    assertThat(data.path("result")).hasSize(1);
    assertThat(data.path("result").get(0).path("value").get(1).asText()).isEqualTo("2");
  }

  @Test
  @Order(2)
  void fillsTheQueryBuilder() {
    assertThat(texts(json("/loki/api/v1/labels", "start", START, "end", END).path("data")))
        .contains("app", "pod", "service_name");
    assertThat(
            texts(
                json("/loki/api/v1/labels", "start", START, "end", END, "query", "{app=\"shop\"}")
                    .path("data")))
        .contains("pod");
    assertThat(
            texts(
                json(
                        "/loki/api/v1/label/pod/values",
                        "start",
                        START,
                        "end",
                        END,
                        "query",
                        "{app=\"shop\"}")
                    .path("data")))
        .containsExactly("p1");
    JsonNode series = json("/loki/api/v1/series", "match[]", SELECTOR, "start", START, "end", END);
    assertThat(series.path("data").get(0).path("app").asText()).isEqualTo("shop");
    JsonNode none = json("/loki/api/v1/label/nothing/values", "start", START, "end", END);
    assertThat(none.path("status").asText()).isEqualTo("success");
  }

  @Test
  @Order(3)
  void hintsAtTheSizeOfAQuery() {
    JsonNode stats =
        json("/loki/api/v1/index/stats", "query", SELECTOR, "start", START, "end", END);

    for (String field : List.of("streams", "chunks", "bytes", "entries")) {
      assertThat(stats.path(field).isNumber()).as(field).isTrue();
    }
    assertThat(stats.path("streams").asLong()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void showsLogs() {
    JsonNode data = range(SELECTOR + " |= \"info\" | json", "backward", 1000);

    assertThat(data.path("resultType").asText()).isEqualTo("streams");
    assertThat(texts(data.path("encodingFlags"))).containsExactly("categorize-labels");
    JsonNode stream = data.path("result").get(0);
    assertThat(stream.path("stream").has("app")).isTrue();
    assertThat(stream.path("stream").has("trace_id")).isFalse();
    JsonNode value = stream.path("values").get(0);
    assertThat(value.get(0).isTextual()).isTrue();
    assertThat(value.get(0).asText()).hasSize(19);
    assertThat(value.get(2).path("structuredMetadata").path("trace_id").asText()).startsWith("t");
    assertThat(value.get(2).path("structuredMetadata").path("detected_level").asText())
        .isEqualTo("info");
    assertThat(value.get(2).path("parsed").path("n").isTextual()).isTrue();
  }

  @Test
  @Order(5)
  void hasStatsForTheInspector() {
    JsonNode stats = range(SELECTOR, "backward", 10).path("stats");

    for (String field :
        List.of(
            "bytesProcessedPerSecond",
            "linesProcessedPerSecond",
            "totalBytesProcessed",
            "totalLinesProcessed",
            "execTime")) {
      assertThat(stats.path("summary").path(field).isNumber()).as(field).isTrue();
    }
    assertThat(stats.path("querier").path("store").path("totalChunksRef").isNumber()).isTrue();
    assertThat(stats.path("ingester").path("totalReached").isNumber()).isTrue();
  }

  @Test
  @Order(6)
  void drawsTheVolumeOfLogs() {
    JsonNode data =
        range(
            "sum by (level, detected_level) (count_over_time("
                + SELECTOR
                + " | drop __error__[1m]))",
            "backward",
            1000);

    assertThat(data.path("resultType").asText()).isEqualTo("matrix");
    assertThat(
            data.path("result")
                .valueStream()
                .map(series -> series.path("metric").path("detected_level").asText()))
        .containsExactlyInAnyOrder("error", "info");
    JsonNode point = data.path("result").get(0).path("values").get(0);
    assertThat(point.get(0).isNumber()).isTrue();
    assertThat(point.get(1).isTextual()).isTrue();
  }

  @Test
  @Order(7)
  void showsTheContextOfALine() {
    long row = START + 30 * 60 * SECOND;
    String selector = "{app=\"shop\",pod=\"p1\"}";
    JsonNode before =
        json(
            "/loki/api/v1/query_range",
            "direction",
            "backward",
            "query",
            selector,
            "start",
            row - 7200 * SECOND,
            "end",
            row,
            "limit",
            10);
    JsonNode after =
        json(
            "/loki/api/v1/query_range",
            "direction",
            "forward",
            "query",
            selector,
            "start",
            row,
            "end",
            row + 7200 * SECOND,
            "limit",
            10);

    assertThat(times(before)).hasSize(10).first().isEqualTo(Long.toString(row - 60 * SECOND));
    assertThat(times(after)).hasSize(10).first().isEqualTo(Long.toString(row));
  }

  private static List<String> times(JsonNode reply) {
    List<String> times = new ArrayList<>();
    for (JsonNode stream : reply.path("data").path("result")) {
      stream.path("values").forEach(value -> times.add(value.get(0).asText()));
    }
    return times;
  }

  @Test
  @Order(8)
  void evaluatesAlertsAndTables() {
    JsonNode data =
        json(
                "/loki/api/v1/query",
                "direction",
                "backward",
                "query",
                "sum(count_over_time(" + SELECTOR + "[1h]))",
                "time",
                END)
            .path("data");
    assertThat(data.path("resultType").asText()).isEqualTo("vector");
    assertThat(data.path("result").get(0).path("value").get(1).asText()).isEqualTo("59");

    String nothing = get("/loki/api/v1/query", "query", "rate({app=\"none\"}[5m])").text();
    assertThat(nothing).contains("\"result\":[]");
  }

  @Test
  @Order(9)
  void tellsErrorsAsText() {
    Reply reply = get("/loki/api/v1/query_range", "query", "{app=", "start", START, "end", END);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().get("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.text()).startsWith("parse error at line 1, col 6:");
    assertThat(get("/loki/api/v2alpha/tail", "query", SELECTOR).status()).isEqualTo(404);
  }

  @Test
  @Order(10)
  void startsLogsDrilldown() {
    JsonNode volume =
        json(
                "/loki/api/v1/index/volume",
                "query",
                "{service_name=~`.+`}",
                "start",
                "2026-11-20T00:00:00.000Z",
                "end",
                "2026-11-20T23:00:00.000Z",
                "limit",
                5000)
            .path("data");
    assertThat(volume.path("resultType").asText()).isEqualTo("vector");
    assertThat(volume.path("result").get(0).path("metric").path("service_name").asText())
        .isEqualTo("shop");
    assertThat(volume.path("result").get(0).path("value").get(1).isTextual()).isTrue();

    JsonNode labels = json("/loki/api/v1/detected_labels", "start", START, "end", END, "query", "");
    assertThat(labels.path("detectedLabels").get(0).path("cardinality").isNumber()).isTrue();
  }

  @Test
  @Order(11)
  void showsFieldsAndTheirValues() {
    Map<String, JsonNode> fields = new HashMap<>();
    json(
            "/loki/api/v1/detected_fields",
            "query",
            SELECTOR,
            "start",
            START,
            "end",
            END,
            "limit",
            1000)
        .path("fields")
        .forEach(field -> fields.put(field.path("label").asText(), field));

    assertThat(fields.get("took").path("type").asText()).isEqualTo("duration");
    assertThat(texts(fields.get("took").path("parsers"))).containsExactly("json");
    assertThat(fields.get("trace_id").path("parsers").isNull()).isTrue();
    JsonNode values =
        json(
            "/loki/api/v1/detected_field/level/values",
            "query",
            SELECTOR,
            "start",
            START,
            "end",
            END,
            "limit",
            1000);
    assertThat(texts(values.path("values"))).contains("error", "info");
  }

  @Test
  @Order(12)
  void drawsDrilldownsGraphs() {
    String template =
        "{service_name=`shop` ,pod != \"\"} | detected_level=\"error\" | trace_id!=\"\"  |~"
            + " `(?i)LEVEL` | json | logfmt | drop __error__, __error_details__ | n!=\"\" ";

    assertThat(range(template, "backward", 1000).path("result")).hasSize(1);
    for (String query :
        List.of(
            "sum(count_over_time(%s[1m])) by (pod)",
            "sum by (n) (count_over_time(%s [1m]))",
            "avg_over_time(%s | unwrap duration(took) | __error__=\"\" [1m]) by ()",
            "sum by (n) (count_over_time(%s | keep n [1h]))")) {
      assertThat(range(query.formatted(template), "backward", 1000).path("result"))
          .as(query)
          .isNotEmpty();
    }
  }

  @Test
  @Order(13)
  void findsPatterns() {
    JsonNode patterns =
        json("/loki/api/v1/patterns", "query", SELECTOR, "start", START, "end", END, "step", "10s");

    assertThat(patterns.path("status").asText()).isEqualTo("success");
    assertThat(patterns.path("data").isArray()).isTrue();
  }

  @Test
  @Order(14)
  void findsOutWhetherRulesCanBeEdited() {
    JsonNode list = json("/prometheus/api/v1/rules", "exclude_alerts", "true", "group_limit", 40);
    assertThat(list.path("status").asText()).isEqualTo("success");
    assertThat(list.path("data").path("groups").isArray()).isTrue();

    Reply probe = get("/api/prom/rules/test/test");
    assertThat(probe.text())
        .containsAnyOf(
            "group does not exist", "no rule groups found", "unsupported in rule local store");
  }

  @Test
  @Order(15)
  void tellsItsVersion() {
    assertThat(json("/loki/api/v1/status/buildinfo").path("version").asText()).startsWith("3.");
  }
}
