package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client meets of results that are kept. */
final class ResultCacheTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MORNING = 20_000L * 86_400 * SECOND;
  private static final String COUNT = path("sum(count_over_time({app=\"a\"}[5m]))");

  @TempDir private Path directory;

  @Test
  void anAnswerThatIsAskedForAgainIsNotComputedAgain() {
    try (RunningServer server = RunningServer.start(directory)) {
      push(server, 100);
      JsonNode first = ask(server.http(), Map.of());
      JsonNode again = ask(server.http(), Map.of());

      assertThat(again.at("/data/result")).isEqualTo(first.at("/data/result")).hasSize(1);
      assertThat(lines(first)).isEqualTo(100);
      assertThat(lines(again)).isZero();
      assertThat(cache(first, "entriesFound")).isZero();
      assertThat(cache(first, "entriesStored")).isEqualTo(cache(first, "entriesRequested"));
      assertThat(cache(again, "entriesFound")).isEqualTo(cache(again, "entriesRequested"));
      assertThat(cache(again, "queryLengthServed")).isEqualTo(11 * 32 * 60 * SECOND);
      assertThat(cache(again, "requests")).isEqualTo(1);
      assertThat(server.http().get("/metrics").text())
          .contains("loki_cache_fetched_keys_total{name=\"results\"} 22")
          .contains("loki_cache_hits_total{name=\"results\"} 11")
          .contains("loki_embeddedcache_added_new_total{cache=\"results\"} 11")
          .contains("loki_embeddedcache_entries{cache=\"results\"} 11");
    }
  }

  @Test
  void aLinePushedMeanwhileIsCounted() {
    try (RunningServer server = RunningServer.start(directory)) {
      push(server, 100);
      ask(server.http(), Map.of());
      push(server, 101);

      assertThat(last(ask(server.http(), Map.of()))).isEqualTo("101");
    }
  }

  @Test
  void aLateLineCountsForEveryPartOfVariants() {
    try (RunningServer server =
        RunningServer.start(directory, ", enable_multi_variant_queries: true")) {
      String path = path("variants(sum(count_over_time({app=\"a\"}[6h]))) of ({app=\"a\"}[1m])");
      push(server, 100);
      ask(server.http(), path, Map.of());
      push(server, 101);

      assertThat(last(ask(server.http(), path, Map.of()))).isEqualTo("101");
    }
  }

  @Test
  void aClientMayWantNothingFromTheCache() {
    try (RunningServer server = RunningServer.start(directory)) {
      push(server, 100);
      ask(server.http(), Map.of());
      JsonNode again = ask(server.http(), Map.of("Cache-Control", "no-cache"));

      assertThat(lines(again)).isEqualTo(100);
      assertThat(cache(again, "requests")).isZero();
    }
  }

  @Test
  void nothingIsKeptWhereTheConfigurationSaysSo() {
    String yaml = RunningServer.config(directory, 0, "") + "query_range: {cache_results: false}\n";
    try (RunningServer server = RunningServer.configured(directory, yaml, Clock.systemUTC())) {
      push(server, 100);
      ask(server.http(), Map.of());

      assertThat(lines(ask(server.http(), Map.of()))).isEqualTo(100);
    }
  }

  /** Pushes lines of the first second; those that are there already are not stored twice. */
  private static void push(RunningServer server, int lines) {
    List<String> same = Collections.nCopies(lines, "line");
    String body = Lines.push(Map.of("app", "a"), MORNING + SECOND, same);
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  private static String path(String query) {
    return "/loki/api/v1/query_range?start="
        + MORNING
        + "&end="
        + (MORNING + 6 * 3600 * SECOND)
        + "&step=60&query="
        + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static JsonNode ask(Http http, Map<String, String> headers) {
    return ask(http, COUNT, headers);
  }

  private static JsonNode ask(Http http, String path, Map<String, String> headers) {
    Http.Reply reply = http.method("GET", path, headers, new byte[0]);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static long lines(JsonNode answer) {
    return answer.at("/data/stats/summary/totalLinesProcessed").asLong();
  }

  private static long cache(JsonNode answer, String name) {
    return answer.at("/data/stats/cache/result/" + name).asLong();
  }

  private static String last(JsonNode answer) {
    JsonNode values = answer.at("/data/result/0/values");
    return values.get(values.size() - 1).get(1).asText();
  }
}
