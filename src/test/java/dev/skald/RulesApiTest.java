package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ruler's API over HTTP, with its rules in a bucket (http-api.md §9). */
final class RulesApiTest {
  private static final String RULES = "/loki/api/v1/rules";

  /** No rule is ever due. */
  private static final Clock STANDING =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private static final String SUCCESS =
      "{\"status\":\"success\",\"data\":null,\"errorType\":\"\",\"error\":\"\"}";
  private static final Map<String, String> TEAM = Map.of("X-Scope-OrgID", "team");

  private static final String GROUP =
      """
      name: g1
      interval: 1m
      rules:
          - alert: HighErr
            expr: sum(count_over_time({app="b"}[1m])) > 0
            for: 5m
            labels:
              sev: x
            annotations:
              d: '{{ $value }}'
          - record: a:b
            expr: sum( rate({app="b"}[5m]) )
            labels:
              team: x
      """;

  @TempDir static Path objects;
  @TempDir static Path directory;
  private static S3Endpoint endpoint;
  private static RunningServer server;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(objects);
    endpoint.makeBucket("ruler");
    server = RunningServer.configured(directory, config(), STANDING);
    http = server.http();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    endpoint.close();
  }

  @BeforeEach
  void removeAllRules() {
    for (String namespace : new String[] {"ns1", "ns2", "a%252Fb"}) {
      send("DELETE", RULES + "/" + namespace, TEAM, "");
    }
  }

  private static String config() {
    return """
    auth_enabled: true
    server: {http_listen_address: 127.0.0.1, http_listen_port: 0, log_level: error}
    common:
      path_prefix: %s
      storage: {filesystem: {chunks_directory: %s}}
    limits_config: {ruler_max_rules_per_rule_group: 2, ruler_max_rule_groups_per_tenant: 3}
    ruler:
      storage:
        type: s3
        s3:
          endpoint: 127.0.0.1:%d
          insecure: true
          bucketnames: ruler
          access_key_id: %s
          secret_access_key: %s
          s3forcepathstyle: true
    """
        .formatted(
            directory,
            directory.resolve("chunks"),
            endpoint.port(),
            S3Endpoint.KEY_ID,
            S3Endpoint.SECRET);
  }

  private static Http.Reply send(
      String method, String path, Map<String, String> headers, String body) {
    return http.method(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Http.Reply get(String path) {
    return send("GET", path, TEAM, "");
  }

  private static Http.Reply post(String namespace, String yaml) {
    return send("POST", RULES + "/" + namespace, TEAM, yaml);
  }

  private static Http.Reply delete(String path) {
    return send("DELETE", path, TEAM, "");
  }

  private static void assertText(Http.Reply reply, int status, String text) {
    assertThat(reply.text()).isEqualTo(text + "\n");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers()).containsEntry("content-type", "text/plain; charset=utf-8");
  }

  private static void assertYaml(Http.Reply reply, String yaml) {
    assertThat(reply.text()).isEqualTo(yaml);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("content-type", "application/yaml");
  }

  private static void assertAccepted(Http.Reply reply) {
    assertThat(reply.text()).isEqualTo(SUCCESS);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
  }

  private static void assertFailure(Http.Reply reply, int status, String type, String error) {
    assertThat(reply.status()).isEqualTo(status);
    JsonNode json = reply.json();
    assertThat(json.get("status").asText()).isEqualTo("error");
    assertThat(json.get("data").isNull()).isTrue();
    assertThat(json.get("errorType").asText()).isEqualTo(type);
    assertThat(json.get("error").asText()).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {RULES, "/api/prom/rules"})
  void withoutRulesGrafanaFindsThatItMayMakeSome(String prefix) {
    assertText(get(prefix), 404, "no rule groups found");
    assertText(get(prefix + "/test"), 404, "no rule groups found");
    assertText(get(prefix + "/test/test"), 404, "group does not exist");
  }

  @Test
  void whatIsPostedComesBackAsItWasSent() {
    assertAccepted(post("ns1", GROUP));

    assertYaml(get(RULES + "/ns1/g1"), GROUP);
    assertYaml(get("/api/prom/rules/ns1/g1"), GROUP);
    String all =
        """
        ns1:
            - name: g1
              interval: 1m
              rules:
                - alert: HighErr
                  expr: sum(count_over_time({app="b"}[1m])) > 0
                  for: 5m
                  labels:
                    sev: x
                  annotations:
                    d: '{{ $value }}'
                - record: a:b
                  expr: sum( rate({app="b"}[5m]) )
                  labels:
                    team: x
        """;
    assertYaml(get(RULES), all);
    assertYaml(get(RULES + "/ns1"), all);
    assertText(get(RULES + "/ns2"), 404, "no rule groups found");
  }

  @Test
  void aTenantSeesItsOwnRulesOnly() {
    post("ns1", GROUP);

    Http.Reply other = send("GET", RULES, Map.of("X-Scope-OrgID", "other"), "");

    assertText(other, 404, "no rule groups found");
  }

  @Test
  void aPostReplacesTheGroupOfThatName() {
    post("ns1", GROUP);

    assertAccepted(post("ns1", "name: g1\nrules: []\n"));

    assertYaml(get(RULES + "/ns1/g1"), "name: g1\nrules: []\n");
  }

  @Test
  void groupsAndNamespacesAreDeleted() {
    post("ns1", GROUP);
    post("ns1", "{name: g2}");
    post("ns2", "{name: g3}");

    assertAccepted(delete(RULES + "/ns1/g1"));
    assertText(delete(RULES + "/ns1/g1"), 404, "group does not exist");
    assertText(get(RULES + "/ns1/g1"), 404, "group does not exist");
    assertAccepted(delete("/api/prom/rules/ns1"));
    assertText(delete(RULES + "/ns1"), 404, "group namespace does not exist");
    assertYaml(get(RULES), "ns2:\n    - name: g3\n      rules: []\n");
  }

  @Test
  void rulesAreFilteredByTheirLabels() {
    post("ns1", GROUP);
    post("ns2", "name: g2\nrules: [{record: c, expr: vector(1), labels: {team: z}}]");

    assertYaml(
        get(RULES + "?labels=team:x,team:none"),
        """
        ns1:
            - name: g1
              interval: 1m
              rules:
                - record: a:b
                  expr: sum( rate({app="b"}[5m]) )
                  labels:
                    team: x
        """);
    assertText(get(RULES + "?labels=team:nobody"), 404, "no rule groups found");
    assertThat(get(RULES + "?labels=team").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hello                                                    | unable to decoded rule group
          name: [                                                  | unable to decoded rule group
          {rules: []}                                              | group 0: Groupname must not be empty
          {name: a, rules: [{alert: x, record: y, expr: vector(1)}]} | only one of 'record' and 'alert' must be set
          {name: a, rules: [{expr: vector(1)}]}                    | one of 'record' or 'alert' must be set
          {name: a, rules: [{alert: x}]}                           | field 'expr' must be set in rule
          {name: g3, rules: [{alert: x, expr: 'rate({a="b"}[1m]'}]} | could not parse expression for alert 'x' in group 'g3': parse error at line 1, col 17: syntax error: unexpected $end, expecting )
          {name: a, rules: [{record: a b, expr: vector(1)}]}       | invalid recording rule name: a b
          {name: a, rules: [{record: a, expr: vector(1), for: 1m}]} | invalid field 'for' in recording rule
          {name: a, rules: [{alert: a, expr: vector(1), labels: {a-b: c}}, {alert: b}]} | invalid label name: a-b, field 'expr' must be set in rule
          {name: a, rules: [{alert: a, expr: vector(1)}, {alert: b, expr: vector(1)}, {alert: c, expr: vector(1)}]} | per-user rules per rule group limit (limit: 2 actual: 3) exceeded
          """)
  void whatIsWrongIsToldInLokisWords(String yaml, String text) {
    assertText(post("ns1", yaml), 400, text);
    assertText(get(RULES), 404, "no rule groups found");
  }

  @Test
  void aTenantHasSoManyGroups() {
    post("ns1", "{name: a}");
    post("ns1", "{name: b}");
    assertAccepted(post("ns2", "{name: c}"));

    assertText(
        post("ns2", "{name: c}"), 400, "per-user rule groups limit (limit: 3 actual: 4) exceeded");
  }

  @Test
  void aFormLeavesNothingOfItsBody() {
    Http.Reply reply =
        send(
            "POST",
            RULES + "/ns1",
            Map.of("X-Scope-OrgID", "team", "Content-Type", "application/x-www-form-urlencoded"),
            GROUP);

    assertText(reply, 400, "group 0: Groupname must not be empty");
  }

  @Test
  void anyOtherTypeOfBodyIsTaken() {
    for (String type : new String[] {"application/yaml", "text/plain", "application/json"}) {
      assertAccepted(
          send(
              "POST",
              RULES + "/ns1",
              Map.of("X-Scope-OrgID", "team", "Content-Type", type),
              GROUP));
    }
  }

  @Test
  void namesMayHoldSlashesIfTheyAreEscapedTwice() {
    assertAccepted(post("a%252Fb", "{name: c/d}"));

    assertYaml(get(RULES + "/a%252Fb/c%252Fd"), "name: c/d\nrules: []\n");
    assertYaml(get(RULES + "/a%252Fb"), "a/b:\n    - name: c/d\n      rules: []\n");
    assertThat(send("POST", RULES + "/a%2Fb", TEAM, GROUP).status()).isEqualTo(405);
    assertThat(send("GET", RULES + "/..%2Fx", TEAM, "").status()).isEqualTo(301);
    assertAccepted(delete(RULES + "/a%252Fb/c%252Fd"));
  }

  @Test
  void namesAreNoWaysOutOfADirectory() {
    String namespace = "invalid namespace: path traversal not allowed";
    String group = "invalid groupname: path traversal not allowed";

    assertFailure(get(RULES + "/..%252Fx"), 500, "server_error", namespace);
    assertFailure(post("..%252Fx", GROUP), 500, "server_error", namespace);
    assertFailure(delete(RULES + "/ns1/..%252Fx"), 500, "server_error", group);
    assertFailure(post("ns1", "{name: ../x}"), 500, "server_error", group);
  }

  @Test
  void everyCallNeedsATenant() {
    for (String path : new String[] {RULES, "/api/prom/rules/a/b", "/prometheus/api/v1/rules"}) {
      assertText(http.get(path), 401, "no org id");
    }
    Map<String, String> two = Map.of("X-Scope-OrgID", "a|b");
    assertFailure(send("GET", RULES, two, ""), 500, "server_error", "no org id");
    assertFailure(
        send("GET", "/prometheus/api/v1/rules", two, ""),
        400,
        "bad_data",
        "too many org ids found");
  }

  @Test
  void prometheusRulesAreThoseThatWillBeEvaluated() {
    post("ns2", "{name: b, interval: 90s, limit: 4}");
    post("ns1", GROUP);

    Http.Reply reply = get("/prometheus/api/v1/rules");

    assertThat(reply.headers()).containsEntry("content-type", "application/json");
    assertThat(reply.text())
        .isEqualTo(
            """
            {"status":"success","data":{"groups":[{"name":"g1","file":"ns1","rules":[\
            {"state":"unknown","name":"HighErr","query":"(sum(count_over_time({app=\\"b\\"}[1m])) \\u003e 0)","duration":300,\
            "labels":{"sev":"x"},"annotations":{"d":"{{ $value }}"},"alerts":[],"health":"unknown","lastError":"",\
            "type":"alerting","lastEvaluation":"0001-01-01T00:00:00Z","evaluationTime":0},\
            {"name":"a:b","query":"sum(rate({app=\\"b\\"}[5m]))","labels":{"team":"x"},"health":"unknown","lastError":"",\
            "type":"recording","lastEvaluation":"0001-01-01T00:00:00Z","evaluationTime":0}],\
            "interval":60,"limit":0,"lastEvaluation":"0001-01-01T00:00:00Z","evaluationTime":0},\
            {"name":"b","file":"ns2","rules":[],\
            "interval":90,"limit":4,"lastEvaluation":"0001-01-01T00:00:00Z","evaluationTime":0}]},\
            "errorType":"","error":""}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'g1:HighErr,a:b g2:c '",
    "type=alert, 'g1:HighErr '",
    "type=record, 'g1:a:b g2:c '",
    "rule_name=c&rule_name=HighErr, 'g1:HighErr g2:c '",
    "rule_group=g2, 'g2:c '",
    "file=ns1, 'g1:HighErr,a:b '",
    "file=ns1&rule_group=g2, ''",
    "file[]=ns1&exclude_alerts=true&group_limit=40, 'g1:HighErr,a:b g2:c '"
  })
  void prometheusRulesAreFiltered(String query, String wanted) {
    post("ns1", GROUP);
    post("ns2", "{name: g2, rules: [{record: c, expr: vector(1)}]}");

    JsonNode groups =
        get("/prometheus/api/v1/rules?" + query.replace("[]", "%5B%5D"))
            .json()
            .get("data")
            .get("groups");

    StringBuilder got = new StringBuilder();
    for (JsonNode group : groups) {
      String separator = group.get("name").asText() + ":";
      for (JsonNode rule : group.get("rules")) {
        got.append(separator).append(rule.get("name").asText());
        separator = ",";
      }
      got.append(' ');
    }
    assertThat(got.toString()).isEqualTo(wanted);
  }

  @Test
  void prometheusRulesAreOfTwoTypes() {
    assertFailure(
        get("/prometheus/api/v1/rules?type=bogus"),
        400,
        "bad_data",
        "not supported value \"bogus\"");
  }

  @Test
  void thereAreNoAlertsYet() {
    post("ns1", GROUP);

    assertThat(get("/prometheus/api/v1/alerts").text())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"alerts\":[]},\"errorType\":\"\",\"error\":\"\"}");
  }
}
