package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.MovingClock;
import dev.skald.testing.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /loki/api/v1/delete} as http-api.md §10 has it. */
final class DeleteApiTest {
  private static final Instant START = Instant.ofEpochSecond(1_795_132_800);
  private static final long NANOS = 1_000_000_000L;
  private static final long TIME = START.getEpochSecond() * NANOS;
  private static final String PATH = "/loki/api/v1/delete";
  private static final String SECTIONS =
      "compactor: {retention_enabled: true, delete_request_store: filesystem,"
          + " compaction_interval: 10m, delete_request_cancel_period: 24h}\n";

  @TempDir Path directory;
  private final MovingClock clock = new MovingClock(START);
  private RunningServer server;

  @BeforeEach
  void start() {
    server =
        RunningServer.configured(
            directory, RunningServer.config(directory, 0, "") + SECTIONS, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Http http() {
    return server.http();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Http.Reply create(String query, String rest) {
    String url = PATH + "?query=" + encode(query) + rest;
    return http().method("PUT", url, Map.of(), new byte[0]);
  }

  private String created(String query) {
    Http.Reply reply = create(query, "&start=" + (START.getEpochSecond() - 60));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    return reply.headers().get("x-delete-request-id");
  }

  private JsonNode list() {
    return http().get(PATH).json();
  }

  private Http.Reply cancel(String parameters) {
    return http().method("DELETE", PATH + "?" + parameters, Map.of(), new byte[0]);
  }

  private void push(String app, String... lines) {
    String body = Lines.push(Map.of("app", app), TIME - 10 * NANOS, List.of(lines));
    assertThat(http().push(body).status()).isEqualTo(204);
  }

  private List<String> lines(String query) {
    return Lines.query(http(), query, TIME - 60 * NANOS, TIME + NANOS).stream()
        .map(Lines.Line::text)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      value = {
        "start=1795132000 % query not set",
        "query={a=&start=1795132000 % invalid query expression",
        "query=rate({a=\"b\"}[1m])&start=1795132000 % invalid query expression",
        "query={a=\"b\"} | json a=\"[\"&start=1795132000 % invalid query expression",
        "query={a=\"b\"} % start time not set",
        "query={a=\"b\"}&start=179513200 %"
            + " invalid start time: require unix seconds or RFC3339 format",
        "query={a=\"b\"}&start=1795132000&end=soon %"
            + " invalid end time: require unix seconds or RFC3339 format",
        "query={a=\"b\"}&start=1795132000&end=1795132801 % deletes in the future are not allowed",
        "query={a=\"b\"}&start=1795132000&end=1795132000 %"
            + " start time can't be greater than or equal to end time",
        "query={a=\"b\"} |= \"x\"&start=1795129200&max_interval=1d %"
            + " invalid max_interval: valid time units are 's', 'm', 'h'",
        "query={a=\"b\"} |= \"x\"&start=1795129200&max_interval=25h %"
            + " max_interval can't be greater than 24h0m0s",
        "query={a=\"b\"} |= \"x\"&start=1795129200&max_interval=2h %"
            + " max_interval can't be greater than the interval to be deleted (1h0m0s)",
      })
  void refusesInTheWordsOfLoki(String parameters, String text) {
    StringBuilder url = new StringBuilder();
    for (String pair : parameters.split("&")) {
      int equals = pair.indexOf('=');
      url.append('&').append(pair, 0, equals + 1).append(encode(pair.substring(equals + 1)));
    }
    Http.Reply reply = http().post(PATH + "?" + url.substring(1), Map.of(), new byte[0]);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo(text + "\n");
  }

  @Test
  void listsWhatWasAskedForOldestFirst() {
    assertThat(http().get(PATH).text()).isEqualTo("[]\n");
    clock.advance(Duration.ofMillis(306));
    String first = created("{app=\"a\"} |= \"x\"");
    clock.advance(Duration.ofSeconds(1));
    Http.Reply second =
        create("{}", "&start=2026-11-18T00:00:00Z&end=2026-11-19T12:00:00%2B02:00&max_interval=9y");
    assertThat(second.status()).as(second.text()).isEqualTo(204);
    Http.Reply reply = http().get(PATH);

    assertThat(first).matches("[0-9a-f]{8}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().get("content-type")).isEqualTo("application/json");
    assertThat(reply.text())
        .isEqualTo(
            "[{\"request_id\":\""
                + first
                + "\",\"start_time\":1795132740,\"end_time\":1795132800.306,"
                + "\"query\":\"{app=\\\"a\\\"} |= \\\"x\\\"\",\"status\":\"received\","
                + "\"created_at\":1795132800.306,\"user_id\":\"\"},"
                + "{\"request_id\":\""
                + second.headers().get("x-delete-request-id")
                + "\",\"start_time\":1794960000,\"end_time\":1795082400,\"query\":\"{}\","
                + "\"status\":\"received\",\"created_at\":1795132801.306,\"user_id\":\"\"}]\n");
    assertThat(http().get(PATH, Map.of("start", 1795132000, "end", 1795132741)).json()).hasSize(1);
  }

  @Test
  void parametersInAFormCountForNothing() {
    Http.Reply reply =
        http()
            .post(
                PATH,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                ("start=1795132000&query=" + encode("{a=\"b\"}")).getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo("query not set\n");
  }

  @Test
  void hidesLinesOfHeadsAndSegmentsAtOnceInEveryKindOfAnswer() {
    push("a", "stored bad", "stored good");
    push("b", "stored b");
    server.flush();
    push("a", "recent bad 1", "recent good");

    created("{app=\"a\"} |= \"bad\"");
    assertThat(lines("{app=\"a\"}")).containsExactlyInAnyOrder("stored good", "recent good");
    assertThat(count()).isEqualTo("2");
    assertThat(series()).hasSize(2);

    created("{app=\"a\"}");
    assertThat(lines("{app=~\".+\"}")).containsExactly("stored b");
    assertThat(count()).isEmpty();
    assertThat(series()).hasSize(1);
    assertThat(values().toString()).isEqualTo("[\"b\"]");
  }

  private String count() {
    JsonNode result =
        http()
            .get(
                "/loki/api/v1/query",
                Map.of("query", "sum(count_over_time({app=\"a\"}[1h]))", "time", TIME))
            .json()
            .at("/data/result");
    return result.isEmpty() ? "" : result.get(0).get("value").get(1).asText();
  }

  private JsonNode series() {
    return http().get("/loki/api/v1/series", range("match[]", "{app=~\".+\"}")).json().get("data");
  }

  private JsonNode values() {
    return http().get("/loki/api/v1/label/app/values", range("x", "")).json().get("data");
  }

  private static Map<String, ?> range(String name, String value) {
    return Map.of(name, value, "start", TIME - 50 * NANOS, "end", TIME - NANOS);
  }

  @Test
  void aRequestSurvivesARestart() {
    push("a", "bad", "good");
    created("{app=\"a\"} |= \"bad\"");
    server.close();
    start();
    assertThat(lines("{app=\"a\"}")).containsExactly("good");
    assertThat(list()).hasSize(1);
  }

  @Test
  void withdrawsARequestWithinItsPeriod() {
    push("a", "bad", "good");
    String id = created("{app=\"a\"} |= \"bad\"");
    assertThat(cancel("request_id=" + id).status()).isEqualTo(204);
    assertThat(lines("{app=\"a\"}")).containsExactly("bad", "good");
    assertThat(list()).isEmpty();
    Http.Reply again = cancel("request_id=" + id);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text()).isEqualTo("could not find delete request with given id\n");
  }

  @Test
  void removesLinesForGoodAfterThePeriod() {
    push("a", "bad", "good");
    server.flush();
    String id = created("{app=\"a\"} |= \"bad\"");
    assertThat(metric("loki_compactor_pending_delete_requests_count")).isEqualTo("1.0");
    clock.advance(Duration.ofHours(23));
    assertThat(metric("loki_compactor_oldest_pending_delete_request_age_seconds"))
        .isEqualTo("82800.0");
    assertThat(list().get(0).get("status").asText()).isEqualTo("received");
    clock.advance(Duration.ofHours(2));
    await("processed");

    assertThat(lines("{app=\"a\"}")).containsExactly("good");
    assertThat(metric("loki_compactor_pending_delete_requests_count")).isEqualTo("0.0");
    assertThat(metric("loki_compactor_apply_retention_last_successful_run_timestamp_seconds"))
        .isNotEqualTo("0.0");
    Http.Reply reply = cancel("request_id=" + id + "&force=true");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .isEqualTo("deletion of request which is in process or already processed is not allowed\n");
  }

  private void await(String status) {
    long deadline = System.nanoTime() + 60 * NANOS;
    while (!list().get(0).get("status").asText().equals(status)) {
      assertThat(System.nanoTime()).as(list().toString()).isLessThan(deadline);
      RunningServer.pause();
    }
  }

  private String metric(String name) {
    return http()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("none");
  }

  @Test
  void laterOnlyForceWithdraws() {
    server.close();
    server =
        RunningServer.configured(
            directory,
            RunningServer.config(directory, 0, ", deletion_mode: filter-only") + SECTIONS,
            clock);
    String id = created("{app=\"a\"}");
    clock.advance(Duration.ofHours(24).plusMillis(1));
    Http.Reply reply = cancel("request_id=" + id);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .isEqualTo(
            "Cancellation of partially completed delete request or delete request past the deadline"
                + " of 24h0m0s since its creation is not allowed. To force, use the ?force query"
                + " parameter\n");
    assertThat(cancel("request_id=" + id + "&force=true").status()).isEqualTo(204);
  }

  @Test
  void tellsCachesThatLinesAreGone() {
    String path = "/loki/api/v1/cache/generation_numbers";
    assertThat(http().get(path).text()).isEqualTo("\"\"\n");
    created("{app=\"a\"}");
    assertThat(http().get(path).text()).isNotEqualTo("\"\"\n");
  }

  @Test
  void aTenantMayBeWithoutDeletion() {
    created("{app=\"a\"}");
    push("a", "line");
    server.close();
    server =
        RunningServer.configured(
            directory,
            RunningServer.config(directory, 0, ", deletion_mode: disabled") + SECTIONS,
            clock);
    for (Http.Reply reply : List.of(http().get(PATH), create("{}", ""), cancel("request_id=x"))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).isEqualTo("deletion is not available for this tenant\n");
    }
    assertThat(lines("{app=\"a\"}")).containsExactly("line");
  }

  @Test
  void isThereOnlyWithRetention() {
    server.close();
    server = RunningServer.start(directory, "", Clock.systemUTC());
    assertThat(http().get(PATH).status()).isEqualTo(404);
    assertThat(http().get("/loki/api/v1/cache/generation_numbers").status()).isEqualTo(404);
  }
}
