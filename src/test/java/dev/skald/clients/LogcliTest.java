package dev.skald.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of each subcommand of logcli (config-and-clients.md §5.2). */
final class LogcliTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/loki/api/v1/";
  private static final String SELECTOR = "{app=\"a\"}";
  private static final int LINES = 25;
  private static final Map<String, String> HEADERS =
      Map.of(
          "User-Agent", "loki-logcli/3.5.0",
          "X-Scope-OrgID", "team",
          "X-Query-Tags", "Source=logcli,user=",
          "Cache-Control", "no-cache",
          "Accept-Encoding", "gzip",
          "Authorization", "Bearer t");

  @TempDir static Path directory;
  private static RunningServer server;
  private static long start;
  private static long end;

  @BeforeAll
  static void start() {
    String yaml =
        RunningServer.config(directory, 0, ", deletion_mode: filter-and-delete")
                .replace("auth_enabled: false", "auth_enabled: true")
            + "compactor: {retention_enabled: true, delete_request_store: filesystem}\n"
            + "querier: {multi_tenant_queries_enabled: true}\n";
    server = RunningServer.configured(directory, yaml, Clock.systemUTC());
    end = System.currentTimeMillis() * 1_000_000L;
    start = end - 3_600_000_000_000L;
    push("team", "p1", end - 1_000_000_000L, IntStream.range(0, LINES).mapToObj(LogcliTest::line));
    push("other", "p2", end - 1_000_000_000L, java.util.stream.Stream.of("of another"));
  }

  private static String line(int number) {
    return "level=info n=%d took=%dms".formatted(number, number);
  }

  private static void push(
      String tenant, String pod, long time, java.util.stream.Stream<String> lines) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "X-Scope-OrgID", tenant);
    String body = Lines.push(Map.of("app", "a", "pod", pod), time, lines.toList());
    Http.Reply reply =
        server.http().post(API + "push", headers, body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Http.Reply send(String method, String path, Object... parameters) {
    return send(HEADERS, method, path, parameters);
  }

  private static Http.Reply send(
      Map<String, String> headers, String method, String path, Object... parameters) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      String value = URLEncoder.encode(parameters[i + 1].toString(), StandardCharsets.UTF_8);
      pairs.add(parameters[i] + "=" + value);
    }
    String query = pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    return server.http().method(method, API + path + query, headers, new byte[0]);
  }

  /** Undoes the compression that logcli asks for. */
  private static JsonNode json(Http.Reply reply) throws IOException {
    byte[] body = reply.body();
    if ("gzip".equals(reply.headers().get("content-encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    assertThat(reply.status()).as(new String(body, StandardCharsets.UTF_8)).isEqualTo(200);
    return JSON.readTree(body);
  }

  private static JsonNode get(String path, Object... parameters) throws IOException {
    return json(send("GET", path, parameters));
  }

  private static List<String> texts(JsonNode array) {
    assertThat(array.isArray()).as(array.toString()).isTrue();
    return array.valueStream().map(JsonNode::asText).toList();
  }

  /** Batch after batch, each from the last time of the one before, whose lines come again. */
  @ParameterizedTest
  @ValueSource(strings = {"BACKWARD", "FORWARD"})
  void queryReadsBatchesUntilTheLimit(String direction) throws IOException {
    boolean backward = direction.equals("BACKWARD");
    long from = start;
    long to = end;
    Map<Long, String> found = new LinkedHashMap<>();
    int more = LINES;
    while (more > 0) {
      TreeMap<Long, String> batch = new TreeMap<>();
      JsonNode data =
          get(
                  "query_range",
                  "query",
                  SELECTOR,
                  "limit",
                  10,
                  "start",
                  from,
                  "end",
                  to,
                  "direction",
                  direction)
              .get("data");
      assertThat(data.get("resultType").asText()).isEqualTo("streams");
      assertThat(data.at("/stats/summary/execTime").isNumber()).isTrue();
      for (JsonNode stream : data.get("result")) {
        stream
            .get("values")
            .forEach(value -> batch.put(value.get(0).asLong(), value.get(1).asText()));
      }
      more = 0;
      for (Map.Entry<Long, String> line : (backward ? batch.descendingMap() : batch).entrySet()) {
        more += found.put(line.getKey(), line.getValue()) == null ? 1 : 0;
      }
      to = backward && !batch.isEmpty() ? batch.firstKey() + 1 : to;
      from = backward || batch.isEmpty() ? from : batch.lastKey();
    }
    List<String> wanted = IntStream.range(0, LINES).mapToObj(LogcliTest::line).toList();
    assertThat(found.values()).containsExactlyElementsOf(backward ? wanted.reversed() : wanted);
  }

  @Test
  void queryOfNumbersHasAStepAndAnInterval() throws IOException {
    JsonNode data =
        get(
                "query_range",
                "query",
                "sum(count_over_time(" + SELECTOR + "[1m]))",
                "limit",
                30,
                "start",
                start,
                "end",
                end,
                "direction",
                "BACKWARD",
                "step",
                "15.000000",
                "interval",
                "2.500000")
            .get("data");
    assertThat(data.get("resultType").asText()).isEqualTo("matrix");
    assertThat(data.get("result")).hasSize(1);
  }

  @Test
  void queryTailFollows() throws Exception {
    Map<String, Object> parameters =
        Map.of("query", SELECTOR, "delay_for", 0, "limit", 30, "start", start);
    try (TailClient tail =
        TailClient.open(
            server.port(),
            parameters,
            "X-Scope-OrgID",
            "team",
            "User-Agent",
            "loki-logcli/3.5.0",
            "X-Query-Tags",
            "Source=logcli")) {
      assertThat(tail.lines(LINES)).contains(line(0), line(LINES - 1));
      tail.leave();
      assertThat(tail.closed()).startsWith("1000");
    }
  }

  @Test
  void instantQueryAndErrorsAreShownAsTheyCome() throws IOException {
    JsonNode data =
        get(
                "query",
                "query",
                "sum by (app) (count_over_time(" + SELECTOR + "[1h]))",
                "limit",
                30,
                "time",
                end,
                "direction",
                "BACKWARD")
            .get("data");
    assertThat(data.get("resultType").asText()).isEqualTo("vector");
    assertThat(data.at("/result/0/value/1").asText()).isEqualTo(Integer.toString(LINES));

    Http.Reply wrong = send("GET", "query_range", "query", "{app=", "limit", 30);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).startsWith("parse error at line 1, col 6: syntax error");
  }

  @Test
  void labelsAndSeriesAreListed() throws IOException {
    assertThat(texts(get("labels", "start", start, "end", end).get("data")))
        .containsExactly("app", "pod", "service_name");
    assertThat(texts(get("label/pod/values", "start", start, "end", end).get("data")))
        .containsExactly("p1");
    for (String name : List.of("match", "match[]")) {
      JsonNode series = get("series", name, SELECTOR, "start", start, "end", end).get("data");
      assertThat(series).as(name).hasSize(1);
      assertThat(series.at("/0/pod").asText()).isEqualTo("p1");
    }
  }

  @Test
  void statsAndVolumesAreCounted() throws IOException {
    JsonNode stats = get("index/stats", "query", SELECTOR, "start", start, "end", end);
    assertThat(stats.get("entries").asInt()).isGreaterThanOrEqualTo(LINES);
    assertThat(stats.get("streams").asInt()).isEqualTo(1);

    JsonNode volume =
        get(
                "index/volume",
                "query",
                SELECTOR,
                "start",
                start,
                "end",
                end,
                "limit",
                30,
                "targetLabels",
                "pod",
                "aggregateBy",
                "series")
            .get("data");
    assertThat(volume.get("resultType").asText()).isEqualTo("vector");
    assertThat(volume.at("/result/0/metric/pod").asText()).isEqualTo("p1");
    JsonNode range =
        get(
                "index/volume_range",
                "query",
                SELECTOR,
                "start",
                start,
                "end",
                end,
                "limit",
                30,
                "step",
                "60.000000",
                "aggregateBy",
                "labels")
            .get("data");
    assertThat(range.get("resultType").asText()).isEqualTo("matrix");
  }

  @Test
  void fieldsAreDetected() throws IOException {
    JsonNode fields =
        get(
                "detected_fields",
                "query",
                SELECTOR,
                "start",
                start,
                "end",
                end,
                "limit",
                100,
                "line_limit",
                1000,
                "step",
                "15.000000")
            .get("fields");
    Map<String, String> types = new HashMap<>();
    fields.forEach(field -> types.put(field.get("label").asText(), field.get("type").asText()));
    assertThat(types).containsEntry("n", "int").containsEntry("took", "duration");
    JsonNode values =
        get(
            "detected_field/level/values",
            "query",
            SELECTOR,
            "start",
            start,
            "end",
            end,
            "limit",
            100);
    assertThat(texts(values.get("values"))).containsExactly("info");
  }

  @Test
  void deletesAreMadeListedAndTakenBack() throws IOException {
    long second = 1_000_000_000L;
    Http.Reply made =
        send(
            "POST",
            "delete",
            "query",
            "{app=\"none\"}",
            "start",
            start / second,
            "end",
            end / second);
    assertThat(made.status()).as(made.text()).isEqualTo(204);
    JsonNode list = get("delete");
    assertThat(list).hasSize(1);
    assertThat(list.at("/0/status").asText()).isEqualTo("received");
    String id = list.at("/0/request_id").asText();
    assertThat(send("DELETE", "delete", "request_id", id, "force", "false").status())
        .isEqualTo(204);
    assertThat(get("delete")).isEmpty();
  }

  @Test
  void severalTenantsAreAskedTogether() throws IOException {
    Map<String, String> both = new HashMap<>(HEADERS);
    both.put("X-Scope-OrgID", "team|other");
    JsonNode data =
        json(send(
                both,
                "GET",
                "query_range",
                "query",
                SELECTOR,
                "limit",
                1000,
                "start",
                start,
                "end",
                end,
                "direction",
                "BACKWARD"))
            .get("data");
    assertThat(
            data.get("result")
                .valueStream()
                .map(stream -> stream.at("/stream/__tenant_id__").asText()))
        .contains("team", "other");
  }
}
