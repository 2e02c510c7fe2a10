package dev.skald.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code GrafanaRequestsTest} leaves out: what Drilldown may do, rules from the first probe to
 * the last deletion, and the live tail (config-and-clients.md §4.3, §4.7 to §4.10).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GrafanaEditsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String RULES = "/api/prom/rules";
  private static final Map<String, String> BACKEND =
      Map.of("User-Agent", "Grafana/12.1", "X-Grafana-User", "me", "Accept-Encoding", "identity");
  private static final String GROUP =
      """
      name: shop alerts
      interval: 1m
      rules:
        - alert: Errors
          expr: sum(count_over_time({app="shop"} |= "error" [5m])) > 0
          for: 5m
          labels: {severity: page}
          annotations: {summary: "{{ $value }} errors"}
        - record: shop:lines:rate1m
          expr: sum(rate({app="shop"}[1m]))
      """;

  @TempDir static Path objects;
  @TempDir static Path directory;
  private static S3Endpoint endpoint;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(objects);
    endpoint.makeBucket("ruler");
    server = RunningServer.startWith(directory, LokitoolTest.ruler(endpoint));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    endpoint.close();
  }

  private static Http.Reply send(String method, String path, String body) {
    Map<String, String> headers = new java.util.HashMap<>(BACKEND);
    if (!body.isEmpty()) {
      headers.put("Content-Type", "application/yaml");
    }
    return server.http().method(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Http.Reply get(String path) {
    return send("GET", path, "");
  }

  private static JsonNode json(Http.Reply reply, int status) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.headers().get("content-type")).contains("json");
    assertThat(reply.json().path("status").asText()).isEqualTo("success");
    return reply.json();
  }

  private static JsonNode yaml(Http.Reply reply) throws Exception {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers().get("content-type")).contains("yaml");
    return YAML.readTree(reply.text());
  }

  /** The types are those with which Drilldown reads them. */
  @Test
  @Order(1)
  void tellsDrilldownItsLimits() {
    Http.Reply reply = get("/loki/api/v1/drilldown-limits");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().get("content-type")).startsWith("application/json");
    JsonNode all = reply.json();
    JsonNode limits = all.get("limits");
    for (String name :
        List.of(
            "discover_log_levels",
            "max_line_size_truncate",
            "metric_aggregation_enabled",
            "pattern_persistence_enabled",
            "volume_enabled")) {
      assertThat(limits.path(name).isBoolean()).as(name).isTrue();
    }
    for (String name :
        List.of("max_entries_limit_per_query", "max_query_series", "volume_max_series")) {
      assertThat(limits.path(name).isIntegralNumber()).as(name).isTrue();
    }
    for (String name :
        List.of(
            "max_query_bytes_read",
            "max_query_length",
            "max_query_lookback",
            "max_query_range",
            "query_timeout",
            "retention_period")) {
      assertThat(limits.path(name).isTextual()).as(name).isTrue();
    }
    for (String name : List.of("discover_service_name", "log_level_fields")) {
      assertThat(limits.path(name).isArray()).as(name).isTrue();
    }
    JsonNode otlp = limits.get("otlp_config");
    assertThat(otlp.at("/ResourceAttributes/AttributesConfig").isArray()).isTrue();
    assertThat(otlp.at("/ResourceAttributes/IgnoreDefaults").isBoolean()).isTrue();
    assertThat(otlp.has("ScopeAttributes")).isTrue();
    assertThat(otlp.has("LogAttributes")).isTrue();
    assertThat(all.path("pattern_ingester_enabled").isBoolean()).isTrue();
    assertThat(all.path("version").asText()).startsWith("3.");
  }

  @Test
  @Order(2)
  void findsThatRulesCanBeEdited() {
    JsonNode list = json(get("/prometheus/api/v1/rules"), 200);
    assertThat(list.at("/data/groups").isArray()).isTrue();
    Http.Reply probe = get(RULES + "/test/test");
    assertThat(probe.status()).isEqualTo(404);
    assertThat(probe.text()).contains("group does not exist");
    assertThat(get(RULES).text()).contains("no rule groups found");
  }

  @Test
  @Order(3)
  void savesAGroup() throws Exception {
    json(send("POST", RULES + "/my%20rules", GROUP), 202);

    JsonNode group = json(get("/prometheus/api/v1/rules"), 200).at("/data/groups/0");
    assertThat(group.get("name").asText()).isEqualTo("shop alerts");
    assertThat(group.get("file").asText()).isEqualTo("my rules");
    assertThat(group.get("interval").asInt()).isEqualTo(60);
    JsonNode alert = group.at("/rules/0");
    assertThat(alert.get("type").asText()).isEqualTo("alerting");
    assertThat(alert.get("name").asText()).isEqualTo("Errors");
    assertThat(alert.get("query").asText()).contains("count_over_time");
    assertThat(alert.get("duration").asInt()).isEqualTo(300);
    assertThat(alert.get("state").asText()).isIn("inactive", "unknown");
    assertThat(alert.get("health").asText()).isIn("ok", "unknown");
    assertThat(alert.at("/labels/severity").asText()).isEqualTo("page");
    assertThat(alert.at("/annotations/summary").asText()).isEqualTo("{{ $value }} errors");
    assertThat(alert.get("alerts").isArray()).isTrue();
    assertThat(alert.has("lastEvaluation")).isTrue();
    assertThat(group.at("/rules/1/type").asText()).isEqualTo("recording");

    JsonNode definitions = yaml(get(RULES));
    assertThat(definitions.at("/my rules/0")).isEqualTo(YAML.readTree(GROUP));
    assertThat(yaml(get(RULES + "/my%20rules")).at("/my rules/0/name").asText())
        .isEqualTo("shop alerts");
    assertThat(yaml(get(RULES + "/my%20rules/shop%20alerts"))).isEqualTo(YAML.readTree(GROUP));
  }

  @Test
  @Order(4)
  void tellsWhatIsWrongWithARuleThatIsSaved() {
    Http.Reply reply = send("POST", RULES + "/my%20rules", GROUP.replace("sum(rate(", "sum(rote("));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("could not parse expression for record 'shop:lines:rate1m'");
  }

  @Test
  @Order(5)
  void renamesAGroup() {
    json(send("POST", RULES + "/my%20rules", GROUP.replace("shop alerts", "shop")), 202);
    json(send("DELETE", RULES + "/my%20rules/shop%20alerts", ""), 202);

    JsonNode groups = json(get("/prometheus/api/v1/rules"), 200).at("/data/groups");
    assertThat(groups).hasSize(1);
    assertThat(groups.at("/0/name").asText()).isEqualTo("shop");
  }

  @Test
  @Order(6)
  void deletesTheLastGroup() {
    json(send("DELETE", RULES + "/my%20rules/shop", ""), 202);

    assertThat(json(get("/prometheus/api/v1/rules"), 200).at("/data/groups")).isEmpty();
    assertThat(get(RULES).status()).isEqualTo(404);
    assertThat(json(get("/prometheus/api/v1/alerts"), 200).at("/data/alerts")).isEmpty();
  }

  /** Live in Explore: a browser's WebSocket, as Grafana's proxy passes it on. */
  @Test
  @Order(7)
  void tailsForABrowserBehindGrafana() throws Exception {
    Browser browser = new Browser(server.port());
    assertThat(browser.connectBlocking(20, TimeUnit.SECONDS)).isTrue();
    long now = System.currentTimeMillis() * 1_000_000L;
    String push = Lines.push(Map.of("app", "shop"), now, List.of("live"));
    assertThat(server.http().push(push).status()).isEqualTo(204);

    String message = browser.messages.poll(20, TimeUnit.SECONDS);
    assertThat(message).as("closed: %s", browser.ends).isNotNull();
    JsonNode frame = new ObjectMapper().readTree(message);
    assertThat(frame.at("/streams/0/stream/app").asText()).isEqualTo("shop");
    assertThat(frame.at("/streams/0/values/0/0").asText()).isEqualTo(Long.toString(now));
    assertThat(frame.at("/streams/0/values/0/1").asText()).isEqualTo("live");
    browser.closeBlocking();
    assertThat(browser.ends.poll(20, TimeUnit.SECONDS)).isEqualTo(1000);
  }

  /** Offers compression, which is not taken, and shows where its page comes from. */
  private static final class Browser extends WebSocketClient {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();

    Browser(int port) {
      super(
          URI.create(
              "ws://127.0.0.1:%d/loki/api/v1/tail?query=%s"
                  .formatted(port, URLEncoder.encode("{app=\"shop\"}", StandardCharsets.UTF_8))),
          new Draft_6455(new PerMessageDeflateExtension()),
          Map.of(
              "Origin", "https://grafana.example",
              "Cookie", "grafana_session=abc",
              "User-Agent", "Grafana/12.1",
              "X-Forwarded-For", "10.1.2.3, 10.1.2.4",
              "Via", "1.1 proxy"),
          20_000);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
      messages.add(message);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      ends.add(code);
    }

    @Override
    public void onError(Exception e) {
      ends.add(-1);
    }
  }
}
