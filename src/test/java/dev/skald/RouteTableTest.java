package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route of Loki's answers, and what Loki does not have does not (http-api.md §0). */
final class RouteTableTest {
  private static final String SELECTOR = "query=%7Bapp%3D%22a%22%7D";

  @TempDir private static Path directory;
  private static RunningServer server;
  private static long now;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(directory.resolve("ruled/fake"));
    Files.writeString(
        directory.resolve("ruled/fake/rules.yaml"),
        "groups: [{name: g, rules: [{record: r, expr: 'rate({app=\"a\"}[1m])'}]}]\n");
    String config =
        RunningServer.config(directory, 0, ", deletion_mode: filter-and-delete")
            + "compactor: {retention_enabled: true, delete_request_store: filesystem}\n"
            + "ruler: {storage: {type: local, local: {directory: %s}}, enable_api: true}\n"
                .formatted(directory.resolve("ruled"));
    server = RunningServer.configured(directory, config, Clock.systemUTC());
    now = System.currentTimeMillis() * 1_000_000L;
    String push = Lines.push(Map.of("app", "a"), now, List.of("level=info one", "two"));
    assertThat(server.http().push(push).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply ask(String method, String path, String... headers) {
    Map<String, String> sent = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
    return server.http().method(method, path, sent, new byte[0]);
  }

  private static Reply get(String path, String... headers) {
    return ask("GET", path, headers);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /loki/api/v1/push, 400",
    "POST, /api/prom/push, 400",
    "POST, /otlp/v1/logs, 400",
    "GET POST, /loki/api/v1/query_range?Q, 200",
    "GET POST, /loki/api/v1/query?query=1, 200",
    "GET POST, /loki/api/v1/labels, 200",
    "GET POST, /loki/api/v1/label, 200",
    "GET POST, /loki/api/v1/label/app/values, 200",
    "GET POST, /loki/api/v1/series, 200",
    "GET POST, /loki/api/v1/tail?Q, 400",
    "GET POST, /loki/api/v1/index/stats?Q, 200",
    "GET POST, /loki/api/v1/index/volume?Q, 200",
    "GET POST, /loki/api/v1/index/volume_range?Q, 200",
    "GET POST, /loki/api/v1/patterns?Q, 200",
    "GET POST, /loki/api/v1/detected_labels?Q, 200",
    "GET POST, /loki/api/v1/detected_fields?Q, 200",
    "GET POST, /loki/api/v1/detected_field/x/values?Q, 200",
    "GET POST, /loki/api/v1/index/shards?Q&targetBytesPerShard=1MB, 200",
    "GET POST, /loki/api/v1/format_query?Q, 200",
    "GET, /loki/api/v1/status/buildinfo, 200",
    "GET, /loki/api/v1/drilldown-limits, 200",
    "GET, /config/tenant/v1/limits, 200",
    "GET, /loki/api/v1/delete, 200",
    "PUT POST, /loki/api/v1/delete, 400",
    "DELETE, /loki/api/v1/delete, 404",
    "GET, /loki/api/v1/cache/generation_numbers, 200",
    "GET, /loki/api/v1/rules, 200",
    "GET, /api/prom/rules, 200",
    "GET, /loki/api/v1/rules/rules.yaml, 200",
    "GET, /api/prom/rules/rules.yaml, 200",
    "GET, /loki/api/v1/rules/rules.yaml/g, 400",
    "GET, /prometheus/api/v1/rules, 200",
    "GET, /prometheus/api/v1/alerts, 200",
    "GET POST, /api/prom/query?Q, 200",
    "GET POST, /api/prom/label, 200",
    "GET POST, /api/prom/label/app/values, 200",
    "GET POST, /api/prom/series, 200",
    "GET POST, /api/prom/tail?Q, 400",
    "GET, /ready, 200",
    "GET POST PUT, /metrics, 200",
    "GET, /config, 200",
    "GET, /services, 200",
    "GET, /log_level, 200",
    "POST, /log_level, 400",
    "GET POST, /flush, 204",
    "GET, /ingester/prepare_shutdown, 200",
    "POST DELETE, /ingester/prepare_shutdown, 204",
    "GET POST DELETE, /ingester/prepare_partition_downscale, 405",
    "GET, /ring, 200",
    "GET POST, /distributor/ring, 200",
    "GET, /compactor/ring, 200",
    "GET, /ruler/ring, 200",
    "GET, /scheduler/ring, 200",
    "GET, /pattern/ring, 200",
    "POST, /ring, 302",
    "GET POST, /memberlist, 200",
    "GET, /compactor/ui/api/v1/deletes, 200",
    "POST, /compactor/ui/api/v1/deletes, 400",
  })
  void answers(String methods, String path, int status) {
    for (String method : methods.split(" ")) {
      Reply reply = ask(method, path.replace("?Q", "?" + SELECTOR));
      assertThat(reply.status()).as("%s %s: %s", method, path, reply.text()).isEqualTo(status);
      if (method.equals("GET")) {
        assertHead(path.replace("?Q", "?" + SELECTOR), reply);
      }
    }
  }

  /** What changes something, or would be no HTTP any more, answers no HEAD; all else does. */
  private static void assertHead(String path, Reply got) {
    Reply head = ask("HEAD", path);
    assertThat(head.body()).as(path).isEmpty();
    if (path.contains("/tail") || path.equals("/flush") || path.endsWith("downscale")) {
      assertThat(head.status()).as(path).isEqualTo(405);
    } else {
      assertThat(head.status()).as(path).isEqualTo(got.status());
      assertThat(head.headers().get("content-type")).isEqualTo(got.headers().get("content-type"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/services", "/config", "/loki/api/v1/labels", "/api/prom/rules"})
  void tellsHeadHowLongTheReplyWouldBe(String path) {
    Reply got = get(path);
    assertThat(ask("HEAD", path).headers())
        .containsEntry("content-length", Integer.toString(got.body().length))
        .containsEntry("content-type", got.headers().get("content-type"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/loki/api/v1/push | OPTIONS, POST",
        "/loki/api/v1/query_range | GET, HEAD, OPTIONS, POST",
        "/loki/api/v1/tail | GET, OPTIONS, POST",
        "/flush | GET, OPTIONS, POST",
        "/loki/api/v1/delete | DELETE, GET, HEAD, OPTIONS, POST, PUT",
        "/ready | GET, HEAD, OPTIONS",
      })
  void tellsWhatMayBeSent(String path, String methods) {
    Reply reply = ask("OPTIONS", path);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers()).containsEntry("allow", methods);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/runtime_config",
        "/runtime-config",
        "/loki/api/v1/status/config",
        "/loki/api/v1/status",
        "/loki/api/v1/label/app",
        "/loki/api/v1/labels/",
        "/ingester/flush_shutdown",
        "/indexgateway/ring",
        "/api/v1/rules",
        "/api/prom/labels",
        "/ui/",
        "/analytics"
      })
  void doesNotHave(String path) {
    Reply reply = get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("404 page not found\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /loki/api/v1/push",
    "DELETE, /loki/api/v1/query_range",
    "POST, /services",
    "POST, /config",
    "PUT, /ingester/prepare_shutdown"
  })
  void refusesOtherMethodsOf(String method, String path) {
    Reply reply = ask(method, path);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void answersOldClientsInTheirShapes() {
    JsonNode found = get("/api/prom/query?direction=forward&regexp=on.&" + SELECTOR).json();
    assertThat(found.at("/streams/0/labels").asText())
        .isEqualTo("{app=\"a\", detected_level=\"info\", service_name=\"a\"}");
    assertThat(found.at("/streams/0/entries/0/line").asText()).isEqualTo("level=info one");
    assertThat(found.at("/streams/0/entries/0/ts").asText()).matches("20.*T.*Z");
    assertThat(found.get("streams")).hasSize(1);
    assertThat(found.at("/stats/summary/totalLinesProcessed").asLong()).isEqualTo(2);
    assertThat(get("/api/prom/query?query=%7Bapp%3D%22none%22%7D").text())
        .startsWith("{\"streams\":[],\"stats\":{");
    assertThat(get("/api/prom/label").text())
        .isEqualTo("{\"values\":[\"app\",\"service_name\"]}\n");
    assertThat(get("/api/prom/label/app/values").text()).isEqualTo("{\"values\":[\"a\"]}\n");
    assertThat(get("/api/prom/label/none/values").text()).isEqualTo("{\"values\":[]}\n");
    assertThat(get("/api/prom/series").text()).isEqualTo(get("/loki/api/v1/series").text());
  }

  @Test
  void refusesNumbersToOldClients() {
    Reply reply = get("/api/prom/query?query=rate(%7Bapp%3D%22a%22%7D%5B1m%5D)");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .isEqualTo(
            "rpc error: code = Code(400) desc = legacy endpoints only support streams result type");
  }

  @Test
  void showsTheLimitsOfATenant() {
    JsonNode reply = get("/loki/api/v1/drilldown-limits").json();
    assertThat(reply.at("/limits/max_entries_limit_per_query").asInt()).isEqualTo(5000);
    assertThat(reply.at("/limits/max_query_bytes_read").asText()).isEqualTo("0B");
    assertThat(reply.at("/limits/max_query_length").asText()).isEqualTo("30d1h");
    assertThat(reply.at("/limits/query_timeout").asText()).isEqualTo("1m");
    assertThat(reply.at("/limits/retention_period").asText()).isEqualTo("0s");
    assertThat(reply.at("/limits/volume_enabled").asBoolean()).isTrue();
    assertThat(reply.at("/limits/discover_service_name/0").asText()).isEqualTo("service");
    assertThat(reply.at("/limits/otlp_config/ResourceAttributes/IgnoreDefaults").isBoolean())
        .isTrue();
    assertThat(reply.get("limits").has("retention_stream")).isFalse();
    assertThat(reply.get("limits").has("ingestion_rate_mb")).isFalse();
    assertThat(reply.get("pattern_ingester_enabled").asBoolean()).isTrue();
    assertThat(reply.get("version").asText()).isEqualTo("3.7.6");
    assertThat(get("/config/tenant/v1/limits").text())
        .contains("max_query_length: 30d1h")
        .contains("otlp_config:\n  resource_attributes:");
  }

  @Test
  void showsTheConfiguration() {
    assertThat(get("/config").text()).contains("retention_enabled: true", "retention_interval:");
    assertThat(get("/config?mode=diffs").text()).isEqualTo(get("/config").text());
    assertThat(get("/config?mode=diff").text())
        .contains("retention_enabled: true")
        .doesNotContain("compaction_interval:");
    assertThat(get("/config?mode=defaults").text()).contains("retention_enabled: false");
  }

  @Test
  void showsItsServices() {
    assertThat(get("/services").text().lines())
        .contains(
            "server => Running",
            "ingester => Running",
            "pattern-ingester => Running",
            "ruler => Running")
        .allMatch(line -> line.endsWith(" => Running"));
  }

  @Test
  void showsTheOneMemberOfItsRings() {
    JsonNode ring = get("/ring", "Accept", "application/json").json();
    assertThat(ring.get("shards")).hasSize(1);
    assertThat(ring.at("/shards/0/state").asText()).isEqualTo("ACTIVE");
    assertThat(ring.at("/shards/0/address").asText()).isEqualTo("127.0.0.1:" + server.port());
    assertThat(ring.at("/shards/0/registered_timestamp").asText()).matches("20.*Z");
    Reply page = get("/ring");
    assertThat(page.headers()).containsEntry("content-type", "text/html; charset=utf-8");
    assertThat(page.text()).contains("ACTIVE").contains(":" + server.port());
    assertThat(ask("POST", "/ring").headers()).containsEntry("location", "#");
    assertThat(get("/memberlist").text()).isEqualTo("This instance doesn't use memberlist.");
  }

  @Test
  void changesWhatIsLogged() {
    String before = get("/log_level").json().get("message").asText();
    String level = before.substring(before.lastIndexOf(' ') + 1);
    assertThat(ask("POST", "/log_level?log_level=error").text())
        .isEqualTo("{\"status\":\"success\",\"message\":\"Log level set to error\"}");
    assertThat(get("/log_level").text()).isEqualTo("{\"message\":\"Current log level is error\"}");
    assertThat(ask("POST", "/log_level?log_level=foo").text())
        .isEqualTo("{\"status\":\"failed\",\"message\":\"unrecognized log level \\\"foo\\\"\"}");
    ask("POST", "/log_level?log_level=" + level);
    assertThat(get("/log_level").json().get("message").asText()).isEqualTo(before);
  }

  @Test
  void remembersThatAStopIsPrepared() {
    String path = "/ingester/prepare_shutdown";
    assertThat(get(path).text()).isEqualTo("unset");
    ask("POST", path);
    assertThat(get(path).text()).isEqualTo("set");
    ask("DELETE", path);
    assertThat(get(path).text()).isEqualTo("unset");
  }

  @Test
  void listsTheDeleteRequestsOfAllTenants() {
    String page = "/compactor/ui/api/v1/deletes";
    assertThat(get(page).text()).isEqualTo("[]\n");
    String asked = "?query=%7Bapp%3D%22z%22%7D&start=1700000000&end=1700003600";
    assertThat(ask("POST", page + asked).status()).isEqualTo(204);
    JsonNode all = get(page + "?status=received").json();
    assertThat(all).hasSize(1);
    assertThat(all.at("/0/start_time").asLong()).isEqualTo(1_700_000_000_000L);
    assertThat(all.at("/0/created_at").isIntegralNumber()).isTrue();
    assertThat(all.at("/0/user_id").asText()).isEqualTo("fake");
    String id = all.at("/0/request_id").asText();
    assertThat(ask("DELETE", "/loki/api/v1/delete?request_id=" + id).status()).isEqualTo(204);
    assertThat(get(page).text()).isEqualTo("[]\n");
  }

  @Test
  void cutsNoQueriesIntoShards() {
    JsonNode reply = get("/loki/api/v1/index/shards?targetBytesPerShard=1KB&" + SELECTOR).json();
    assertThat(reply.get("shards")).hasSize(1);
    assertThat(reply.at("/shards/0/bounds/max").asText()).isEqualTo("18446744073709551615");
    assertThat(reply.at("/shards/0/stats"))
        .isEqualTo(get("/loki/api/v1/index/stats?" + SELECTOR).json());
    assertThat(reply.at("/statistics/summary").isObject()).isTrue();
    Reply refused = get("/loki/api/v1/index/shards?" + SELECTOR);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).isEqualTo("targetBytesPerShard must be a positive value");
  }

  @Test
  void saysWhatItIs() {
    JsonNode build = get("/loki/api/v1/status/buildinfo").json();
    assertThat(build.get("version").asText()).isEqualTo("3.7.6");
    assertThat(build.fieldNames())
        .toIterable()
        .containsExactly("version", "revision", "branch", "buildUser", "buildDate", "goVersion");
  }

  @Test
  void takesTheIngesterOutOfService(@TempDir Path other) {
    try (RunningServer one = RunningServer.start(other)) {
      String push = Lines.push(Map.of("app", "a"), now, List.of("kept"));
      assertThat(one.http().push(push).status()).isEqualTo(204);
      assertThat(stop(one, "?terminate=maybe").status()).isEqualTo(400);
      assertThat(stop(one, "?terminate=false&flush=t").status()).isEqualTo(204);
      Reply again = stop(one, "");
      assertThat(again.status()).isEqualTo(503);
      assertThat(again.text()).isEqualTo("Ingester is stopping or already stopped.\n");
      assertThat(one.http().push(push).status()).isEqualTo(503);
      assertThat(one.http().get("/ready").status()).isEqualTo(503);
      assertThat(one.http().get("/services").text()).contains("ingester => Stopping");
      assertThat(Lines.query(one.http(), "{app=\"a\"}", now, now + 1000)).hasSize(1);
    }
  }

  private static Reply stop(RunningServer one, String parameters) {
    return one.http()
        .post("/ingester/shutdown" + parameters, Map.of(), "".getBytes(StandardCharsets.UTF_8));
  }
}
