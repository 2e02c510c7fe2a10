package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code approx_topk} and {@code variants}, where they are switched on and where not. */
final class QueryFeaturesTest {
  private static final long HOUR = 1_795_132_800L;
  private static final String LATER = Long.toString(HOUR + 60);
  private static final String BY_PATH =
      "sum by (path) (count_over_time({app=\"a\"} | logfmt [5m]))";
  private static final String VARIANTS =
      "variants("
          + BY_PATH
          + ", sum(bytes_over_time({app=\"a\"}[5m])) / 7)"
          + " of ({app=\"a\"} | logfmt [5m])";

  @TempDir static Path directory;
  @TempDir static Path plainDirectory;
  private static RunningServer server;
  private static RunningServer plain;

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            directory, ", shard_aggregations: [approx_topk], enable_multi_variant_queries: true");
    plain = RunningServer.start(plainDirectory);
    List<String> lines = List.of("path=/a", "path=/b", "path=/c", "path=/b", "path=/c", "path=/c");
    String push = Lines.push(Map.of("app", "a"), HOUR * 1_000_000_000L, lines);
    assertThat(server.http().push(push).status()).isEqualTo(204);
    assertThat(plain.http().push(push).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
    plain.close();
  }

  private static Reply instant(RunningServer from, String query) {
    return from.http().get("/loki/api/v1/query", Map.of("query", query, "time", LATER));
  }

  private static Reply range(RunningServer from, String query) {
    return from.http()
        .get(
            "/loki/api/v1/query_range",
            Map.of("query", query, "start", LATER, "end", LATER, "step", "60"));
  }

  /** The last value of each series, by labels. */
  private static Map<String, String> values(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    Map<String, String> values = new TreeMap<>();
    for (JsonNode series : reply.json().path("data").path("result")) {
      JsonNode point = series.has("value") ? series.path("value") : series.path("values").path(0);
      values.put(series.path("metric").toString(), point.path(1).asText());
    }
    return values;
  }

  private static void refused(Reply reply, int status, String message) {
    assertThat(reply.text()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void givesTheLargestElements() {
    assertThat(values(instant(server, "approx_topk(2, " + BY_PATH + ")")))
        .isEqualTo(Map.of("{\"path\":\"/b\"}", "2", "{\"path\":\"/c\"}", "3"));
  }

  @Test
  void refusesApproxTopKOverARange() {
    refused(
        range(server, "approx_topk(2, " + BY_PATH + ")"),
        400,
        "approx_topk is only supported for instant queries");
  }

  @Test
  void answersVariantsAtATimeAndOverARange() {
    Map<String, String> wanted =
        Map.of(
            "{\"__variant__\":\"0\",\"path\":\"/a\"}", "1",
            "{\"__variant__\":\"0\",\"path\":\"/b\"}", "2",
            "{\"__variant__\":\"0\",\"path\":\"/c\"}", "3",
            "{\"__variant__\":\"1\"}", "6");

    assertThat(values(instant(server, VARIANTS))).isEqualTo(wanted);
    assertThat(values(range(server, VARIANTS))).isEqualTo(wanted);
  }

  @Test
  void refusesBothWhereTheyAreOff() {
    String topk = "approx_topk is not enabled. See -limits.shard_aggregations";
    String variants = "multi variant queries are disabled for this instance";

    refused(instant(plain, "approx_topk(2, " + BY_PATH + ")"), 500, topk);
    refused(range(plain, "approx_topk(2, " + BY_PATH + ")"), 500, topk);
    refused(instant(plain, VARIANTS), 400, variants);
    refused(range(plain, VARIANTS), 400, variants);
  }

  @Test
  void formatsBothEverywhere() {
    String query = "variants(approx_topk(2,rate({app=\"a\"}[5m]))) of ({app=\"a\"} | json[5m])";

    Reply reply = plain.http().get("/loki/api/v1/format_query", Map.of("query", query));

    assertThat(reply.json().path("data").asText()).isEqualTo(query);
  }
}
