package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading from several tenants at once (http-api.md §1.3). */
final class SeveralTenantsTest {
  private static final String API = "/loki/api/v1/";

  @TempDir private static Path directory;
  private static RunningServer server;
  private static long now;

  @BeforeAll
  static void start() throws Exception {
    Path limits = directory.resolve("limits.yaml");
    Files.writeString(
        limits,
        """
        overrides:
          t1: {max_entries_limit_per_query: 50}
          t2: {max_entries_limit_per_query: 60}
        """);
    String config =
        RunningServer.config(directory, 0, "").replace("auth_enabled: false", "auth_enabled: true")
            + "querier: {multi_tenant_queries_enabled: true}\n"
            + "runtime_config: {file: %s}\n".formatted(limits);
    server = RunningServer.configured(directory, config, Clock.systemUTC());
    now = System.currentTimeMillis() * 1_000_000L;
    push("t1", Map.of("app", "a"), "of one");
    push("t2", Map.of("app", "a"), "of two");
    push("t2", Map.of("app", "b", "__tenant_id__", "mine"), "of two as well");
    server.flush();
    push("t3", Map.of("app", "a"), "of three");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void push(String tenant, Map<String, String> labels, String line) {
    Reply reply =
        server
            .http()
            .post(
                API + "push",
                Map.of("Content-Type", "application/json", "X-Scope-OrgID", tenant),
                Lines.push(labels, now, List.of(line)).getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  private static Reply get(String tenants, String path, String... parameters) {
    StringBuilder query = new StringBuilder("?start=" + (now - 1_000_000_000L));
    for (int i = 0; i < parameters.length; i += 2) {
      query.append('&').append(parameters[i]).append('=');
      query.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return server
        .http()
        .method("GET", API + path + query, Map.of("X-Scope-OrgID", tenants), new byte[0]);
  }

  private static JsonNode ok(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> lines(String tenants, String query) {
    List<String> lines = new ArrayList<>();
    JsonNode streams =
        ok(get(tenants, "query_range", "query", query, "limit", "10")).at("/data/result");
    for (JsonNode stream : streams) {
      String tenant = stream.at("/stream/__tenant_id__").asText();
      stream.get("values").forEach(value -> lines.add(tenant + ": " + value.get(1).asText()));
    }
    return lines;
  }

  @Test
  void readsTheLinesOfAllWithTheirTenant() {
    assertThat(lines("t3|t1|t2|t1", "{app=~\".+\"}"))
        .containsExactlyInAnyOrder(
            "t1: of one", "t2: of two", "t2: of two as well", "t3: of three");
  }

  @Test
  void choosesTenantsByTheirLabel() {
    assertThat(lines("t1|t2|t3", "{app=\"a\", __tenant_id__!=\"t2\"}"))
        .containsExactlyInAnyOrder("t1: of one", "t3: of three");
    assertThat(lines("t1|t2", "{__tenant_id__=\"t2\"} |= \"as well\""))
        .containsExactly("t2: of two as well");
    assertThat(lines("t1|t2", "{original___tenant_id__=\"mine\"}"))
        .containsExactly("t2: of two as well");
  }

  @Test
  void countsByTenant() {
    String query = "sum by (__tenant_id__) (count_over_time({app=~\".+\"}[1h]))";
    JsonNode result = ok(get("t1|t2|t3", "query", "query", query)).at("/data/result");
    assertThat(result).hasSize(3);
    assertThat(result.at("/1/metric/__tenant_id__").asText()).isEqualTo("t2");
    assertThat(result.at("/1/value/1").asText()).isEqualTo("2");
  }

  @Test
  void keepsALabelOfThatNameUnderAnother() {
    JsonNode series = ok(get("t1|t2", "series", "match[]", "{app=\"b\"}")).get("data");
    assertThat(series).hasSize(1);
    assertThat(series.get(0).toString())
        .isEqualTo(
            "{\"__tenant_id__\":\"t2\",\"app\":\"b\",\"original___tenant_id__\":\"mine\","
                + "\"service_name\":\"b\"}");
  }

  @Test
  void listsTheLabelAndItsValues() {
    assertThat(ok(get("t1|t3", "labels")).get("data").toString())
        .isEqualTo("[\"__tenant_id__\",\"app\",\"service_name\"]");
    assertThat(ok(get("t1|t3", "label/__tenant_id__/values")).get("data").toString())
        .isEqualTo("[\"t1\",\"t3\"]");
  }

  @Test
  void countsStreamsAndVolumesOfAll() {
    JsonNode stats = ok(get("t1|t2|t3", "index/stats", "query", "{app=\"a\"}"));
    assertThat(stats.get("streams").asInt()).isEqualTo(3);
    JsonNode volumes =
        ok(get("t1|t2", "index/volume", "query", "{app=\"a\"}", "targetLabels", "__tenant_id__"));
    TreeSet<String> tenants = new TreeSet<>();
    volumes.at("/data/result").forEach(v -> tenants.add(v.at("/metric/__tenant_id__").asText()));
    assertThat(tenants).containsExactly("t1", "t2");
  }

  @Test
  void answersWhatDrilldownAsksOfAll() {
    assertThat(get("t1|t2", "detected_labels").text()).contains("\"__tenant_id__\"");
    assertThat(
            ok(get("t1|t2", "detected_fields", "query", "{app=\"a\"}", "line_limit", "10"))
                .at("/fields/0/label")
                .asText())
        .isEqualTo("detected_level");
    assertThat(ok(get("t1|t2", "patterns", "query", "{app=\"a\"}")).get("data")).hasSize(2);
    assertThat(
            ok(get("t1|t2", "patterns", "query", "{app=\"a\", __tenant_id__=\"t1\"}")).get("data"))
        .hasSize(1);
  }

  @Test
  void holdsTheStrictestLimitOfAll() {
    Reply reply = get("t2|t1", "query_range", "query", "{app=\"a\"}", "limit", "55");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("(55 > 50)");
  }

  @Test
  void addsNoLabelForOneTenant() {
    assertThat(lines("t1|t1", "{app=\"a\"}")).containsExactly(": of one");
  }

  @Test
  void takesNoPushesForSeveral() {
    Reply reply =
        server
            .http()
            .post(
                API + "push",
                Map.of("Content-Type", "application/json", "X-Scope-OrgID", "t1|t2"),
                Lines.push(Map.of("a", "b"), now, List.of("x")).getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo("multiple org IDs present\n");
  }

  @Test
  void tellsSendersOfOpenTelemetryInTheirShape() {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    Map<String, String> several =
        Map.of("Content-Type", "application/json", "X-Scope-OrgID", "t1|t2");
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    Reply reply = server.http().post("/otlp/v1/logs", several, empty);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo("\u0012\u0018multiple org IDs present");
    assertThat(server.http().post("/otlp/v1/logs", json, empty).text()).isEqualTo("no org id\n");
  }

  @Test
  void queriesOfWhatIsNoTenantAreRefusedWithoutANewline() {
    for (String path :
        List.of("labels", "series", "query?query=1", "tail?query=%7Ba%3D%22b%22%7D")) {
      Map<String, String> slash = Map.of("X-Scope-OrgID", "a/b");
      Reply reply = server.http().method("GET", API + path, slash, new byte[0]);
      assertThat(reply.status()).as(path).isEqualTo(400);
      assertThat(reply.text()).isEqualTo("tenant ID 'a/b' contains unsupported character '/'");
      Reply nobody = server.http().method("GET", API + path, Map.of(), new byte[0]);
      assertThat(nobody.status()).as(path).isEqualTo(401);
      assertThat(nobody.text()).isEqualTo("no org id\n");
    }
  }

  @Test
  void refusesSeveralWhereThatIsSwitchedOff(@TempDir Path other) {
    String config =
        RunningServer.config(other, 0, "").replace("auth_enabled: false", "auth_enabled: true");
    try (RunningServer off = RunningServer.configured(other, config, Clock.systemUTC())) {
      Reply reply =
          off.http().method("GET", API + "labels", Map.of("X-Scope-OrgID", "t1|t2"), new byte[0]);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).isEqualTo("multiple org IDs present");
    }
  }
}
