package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What limits of a tenant say to queries, word for word as Loki (http-api.md §6). */
final class QueryLimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final long NOW = System.currentTimeMillis() * 1_000_000L;

  @TempDir Path directory;

  private static Http.Reply ask(RunningServer server, String query) {
    return server
        .http()
        .get(
            "/loki/api/v1/query_range",
            Map.of("query", query, "start", NOW - 2 * HOUR, "end", NOW + SECOND));
  }

  private static void refuses(RunningServer server, String query, String text) {
    Http.Reply reply = ask(server, query);
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void selectorsNeedTheirLabelsAndNotTooManyMatchers() {
    try (RunningServer server =
        RunningServer.start(
            directory,
            ", required_labels: [app], minimum_labels_number: 2,"
                + " max_streams_matchers_per_query: 3")) {
      refuses(
          server,
          "{foo=\"a\"}",
          "stream selector is missing required matchers [app], labels present in the query were"
              + " [foo]");
      refuses(
          server,
          "sum(rate({app=\"a\"}[1m]))",
          "stream selector has less label matchers than required: (present: [app], number_present:"
              + " 1, required_number_label_matchers: 2)");
      refuses(
          server,
          "{app=\"a\", b=\"b\", c=\"c\", d=\"d\"}",
          "max streams matchers per query exceeded, matchers-count > limit (4 > 3)");
      assertThat(ask(server, "{app=\"a\", b=\"b\"}").status()).isEqualTo(200);
      assertThat(ask(server, "1 + 1").status()).isEqualTo(200);
    }
  }

  @Test
  void blockedQueriesAreRefusedByTextHashTypeAndTag() {
    try (RunningServer server =
        RunningServer.start(
            directory,
            """
            , blocked_queries: [{pattern: '{app="exact"}'}, {pattern: '.*secret.*', regex: true},
            {hash: 2943214005, types: 'filter,limited'}, {types: metric, query_tags: {source: bot}}]\
            """)) {
      String text = "query blocked by policy";
      refuses(server, "{app=\"exact\"}", text);
      assertThat(server.http().get("/metrics").text())
          .contains("loki_blocked_queries{user=\"fake\"} 1.0");
      refuses(server, "{app=\"secrets\"} |= \"x\"", text);
      refuses(server, "{stream=\"stdout\",pod=\"loki-canary-9w49x\"}", text);
      assertThat(ask(server, "{app=\"exact\"} |= \"x\"").status()).isEqualTo(200);
      assertThat(ask(server, "sum(rate({app=\"a\"}[1m]))").status()).isEqualTo(200);
      String path =
          "/loki/api/v1/query?query="
              + java.net.URLEncoder.encode("vector(1)", StandardCharsets.UTF_8);
      assertThat(
              server
                  .http()
                  .method("GET", path, Map.of("X-Query-Tags", "Source=Bot,x="), new byte[0])
                  .text())
          .isEqualTo(text);
    }
  }

  @Test
  void nothingIsSeenFromBeforeTheLookback() {
    try (RunningServer server = RunningServer.start(directory, ", max_query_lookback: 1h")) {
      Http http = server.http();
      http.push(Lines.push(Map.of("app", "old"), NOW - 90 * 60 * SECOND, List.of("old")));
      http.push(Lines.push(Map.of("app", "new"), NOW - 60 * SECOND, List.of("new")));

      assertThat(Lines.query(http, "{app=~\".+\"}", NOW - 2 * HOUR, NOW + SECOND))
          .extracting(Lines.Line::text)
          .containsExactly("new");
      assertThat(Lines.query(http, "{app=~\".+\"}", NOW - 3 * HOUR, NOW - 2 * HOUR)).isEmpty();
      assertThat(http.get("/loki/api/v1/label/app/values", Map.of("since", "2h")).text())
          .contains("new")
          .doesNotContain("old");
      assertThat(
              http.get(
                      "/loki/api/v1/query",
                      Map.of("query", "sum(count_over_time({app=~\".+\"}[2h]))"))
                  .text())
          .contains(",\"1\"]");
    }
  }

  @Test
  void queriesThatWouldReadTooMuchAreRefused() {
    try (RunningServer server = RunningServer.start(directory, ", max_query_bytes_read: 1KB")) {
      server
          .http()
          .push(Lines.push(Map.of("app", "a"), NOW - SECOND, List.of("x".repeat(3000), "y")));

      assertThat(ask(server, "{app=\"a\"}").text())
          .matches(
              "the query would read too many bytes \\(query: 3\\.\\d KiB, limit: 1\\.0 KiB\\);"
                  + " consider adding more specific stream selectors or reduce the time range of"
                  + " the query");
      assertThat(ask(server, "{app=\"b\"}").status()).isEqualTo(200);
    }
  }

  @Test
  void queriesThatWouldReadTooMuchForOneQuerierAreRefused() {
    try (RunningServer server = RunningServer.start(directory, ", max_querier_bytes_read: 1KB")) {
      server
          .http()
          .push(Lines.push(Map.of("app", "a"), NOW - SECOND, List.of("x".repeat(3000), "y")));
      server.flush();

      assertThat(ask(server, "sum(rate({app=\"a\"}[1m]))").text())
          .matches(
              "query too large to execute on a single querier: \\(query: 3\\.\\d KiB, limit: 1\\.0"
                  + " KiB\\); consider adding more specific stream selectors, reduce the time range"
                  + " of the query, or adjust parallelization settings");
      assertThat(ask(server, "{app=\"a\"}").status()).isEqualTo(400);
      assertThat(ask(server, "{app=\"b\"}").status()).isEqualTo(200);
    }
  }

  @Test
  void queriesOfTooManyStreamsAreRefused() {
    try (RunningServer server = RunningServer.start(directory, ", cardinality_limit: 2")) {
      for (String pod : List.of("p", "q", "r")) {
        Map<String, String> labels = Map.of("app", "a", "pod", pod);
        server.http().push(Lines.push(labels, NOW - SECOND, List.of("line")));
      }
      String text =
          "cardinality limit exceeded for logs{app, pod}; 3 entries, more than limit of 2";
      refuses(server, "{app=\"a\", pod=~\".+\"}", text);
      server.flush();
      refuses(server, "sum(rate({app=\"a\", pod=~\".+\"}[1m]))", text);
      assertThat(ask(server, "{app=\"a\", pod=~\"p|q\"}").status()).isEqualTo(200);
      assertThat(server.http().get("/loki/api/v1/series").json().get("data")).hasSize(3);
    }
  }

  @Test
  void queryingCanBeDisabled() {
    try (RunningServer server = RunningServer.start(directory, ", max_query_parallelism: 0")) {
      Http.Reply reply = ask(server, "{app=\"a\"}");

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.text()).isEqualTo("querying is disabled, please contact your Loki operator");
    }
  }

  @Test
  void aQueryMayHaveLittleMemory() {
    try (RunningServer server = RunningServer.start(directory, ", max_query_memory: 1MB")) {
      for (int i = 0; i < 8; i++) {
        server
            .http()
            .push(Lines.push(Map.of("app", "a"), NOW - SECOND + i, List.of("x".repeat(200_000))));
      }

      Http.Reply reply = ask(server, "{app=\"a\"}");

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text())
          .startsWith("the query needs more than 1.0 MiB of memory (max_query_memory): it held 1.")
          .contains("after 1 of 1 blocks with")
          .endsWith("aggregate over fewer labels, or ask for fewer lines");
      assertThat(server.http().get("/metrics").text()).contains("skald_query_memory_bytes 0.0");
    }
  }

  @Test
  void limitsOfATenantChangeWhileTheServerRuns() throws Exception {
    Path overrides = directory.resolve("overrides.yaml");
    Files.writeString(overrides, "overrides: {fake: {required_labels: [a]}}");
    try (RunningServer server =
        RunningServer.startWith(
            directory, "runtime_config: {file: %s, period: 20ms}\n".formatted(overrides))) {
      assertThat(ask(server, "{b=\"b\"}").status()).isEqualTo(400);

      Files.writeString(overrides, "overrides: {fake: {required_labels: [");
      RunningServer.pause();
      RunningServer.pause();
      assertThat(ask(server, "{b=\"b\"}").status()).isEqualTo(400);

      Files.writeString(overrides, "overrides: {}");
      while (ask(server, "{b=\"b\"}").status() != 200) {
        RunningServer.pause();
      }
    }
  }
}
