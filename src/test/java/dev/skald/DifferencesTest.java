package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The queries of docs/differences.md get the answers that stand there. Each is looked up on the
 * page, so that one cannot change without the other; {@code PatternsTest} checks the templates, and
 * {@code PushMemoryTest} the size of a push.
 */
final class DifferencesTest {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/differences.md");
  private static final long START = 1_795_132_800L;
  private static final long HOUR = 3600;
  private static final long NANOS = 1_000_000_000L;

  @TempDir static Path directory;
  private static RunningServer server;
  private static String page;

  /** The name of the test, which takes the place of the queries' own application. */
  private String app;

  @BeforeAll
  static void start() throws IOException {
    page = Files.readString(PAGE);
    server =
        RunningServer.start(
            directory,
            ", max_query_series: 3, shard_aggregations: [approx_topk],"
                + " enable_multi_variant_queries: true");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void name(TestInfo test) {
    app = test.getTestMethod().orElseThrow().getName();
  }

  private void push(long time, String... lines) {
    String body = Lines.push(Map.of("app", app), time * NANOS, List.of(lines));
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  /** Returns a query of the page, about what this test has pushed. */
  private String fromPage(String query) {
    assertThat(page).contains("`" + query.replace("|", "\\|") + "`");
    return query.replaceAll("app=\"\\w+\"", "app=\"" + app + "\"");
  }

  private List<String> lines(String query) {
    return Lines.query(server.http(), fromPage(query), START * NANOS, (START + 4 * HOUR) * NANOS)
        .stream()
        .map(Lines.Line::text)
        .toList();
  }

  /** Returns the values of an instant query by what {@code label} says. */
  private Map<String, String> values(String query, String label, long time) {
    Reply reply =
        server.http().get("/loki/api/v1/query", Map.of("query", fromPage(query), "time", time));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    Map<String, String> values = new TreeMap<>();
    for (JsonNode sample : reply.json().path("data").path("result")) {
      values.put(sample.path("metric").path(label).asText(), sample.path("value").get(1).asText());
    }
    return values;
  }

  private static Reply getRange(String query, Map<String, String> headers) {
    String path =
        "/loki/api/v1/query_range?start=%d&end=%d&step=60&query=%s"
            .formatted(START, START + 300, URLEncoder.encode(query, StandardCharsets.UTF_8));
    return server.http().method("GET", path, headers, new byte[0]);
  }

  @Test
  void comparesSizesAsTheyAreWritten() {
    push(START, "{\"bytes\":1020000}", "{\"bytes\":1048576}", "{\"bytes\":1048577}");

    assertThat(lines("{app=\"shop\"} | json | bytes > 1MiB"))
        .containsExactly("{\"bytes\":1048577}");
  }

  @Test
  void calculatesWithWhatIsNoNumber() {
    push(START, "x");

    assertThat(values("sum(count_over_time({app=\"a\"}[5m]) * (0/0))", "x", START + 60))
        .isEqualTo(Map.of("", "NaN"));
  }

  @Test
  void filtersByLabelsThatAreNotAscii() {
    push(START, "x=5", "x=6");

    assertThat(lines("{app=\"a\"} | logfmt | label_format größe=x | größe=\"5\""))
        .containsExactly("x=5");
  }

  @Test
  void filtersDecolorizedLines() {
    push(START, "\u001b[31mer\u001b[0mror");

    assertThat(lines("{app=\"a\"} | decolorize |= \"error\"")).containsExactly("error");
  }

  @Test
  void groupsByRenamedLabels() {
    push(START, "lvl=info", "lvl=error", "lvl=info");

    assertThat(
            values(
                "sum by (x) (count_over_time({app=\"a\"} | logfmt x=\"lvl\" [5m]))",
                "x",
                START + 60))
        .isEqualTo(Map.of("error", "1", "info", "2"));
  }

  @Test
  void doesNotIgnoreTheGapOfARegularExpression() {
    push(START, "fooXbar", "foobaz");

    assertThat(lines("{app=\"a\"} |~ \"foo.*(bar|qux)\"")).containsExactly("fooXbar");
  }

  @Test
  void anchorsTheRegularExpressionsOfLabelFilters() {
    push(START, "x=yfoo", "x=foo", "x=foobar");

    assertThat(lines("{app=\"a\"} | logfmt | x=~\"foo|foobar\""))
        .containsExactly("x=foo", "x=foobar");
  }

  @Test
  void keepsTheEmptyAlternativeOfARegularExpression() {
    push(START, "bar");

    assertThat(lines("{app=\"a\"} |~ \"foo|\"")).containsExactly("bar");
  }

  @Test
  void evaluatesLongInstantQueriesInOnePiece() {
    push(START + 1, "x=1");
    push(START + HOUR + 1, "x=1");

    assertThat(values("max(count_over_time({app=\"a\"} | logfmt [3h]))", "", START + 2 * HOUR))
        .isEqualTo(Map.of("", "2"));
  }

  @Test
  void tellsTheTimeThatAScalarWasAskedFor() {
    Reply reply =
        server.http().get("/loki/api/v1/query", Map.of("query", fromPage("1 + 1"), "time", 100));

    assertThat(reply.text()).contains("\"result\":[100,\"2\"]");
  }

  @Test
  void makesUpNoSeriesForDrilldown() {
    assertThat(page).contains("`Source=grafana-lokiexplore-app`");
    push(START, "k=1", "k=2", "k=3", "k=4", "k=5");
    String query = "sum by (k) (count_over_time({app=\"" + app + "\"} | logfmt [5m]))";
    Map<String, String> drilldown = Map.of("X-Query-Tags", "Source=grafana-lokiexplore-app");

    assertThat(getRange(query, Map.of()).status()).isEqualTo(400);
    JsonNode reply = getRange(query, drilldown).json();
    assertThat(reply.path("data").path("result")).hasSize(3);
    assertThat(reply.path("data").path("result"))
        .allMatch(series -> series.path("metric").has("k"));
    assertThat(reply.path("warnings").get(0).asText()).contains("returning partial results");
  }

  @Test
  void evaluatesThePartsOfVariantsAsTheyAreWritten() {
    push(START, "x", "y", "xy");
    String filtered = "variants(count_over_time({app=\"a\"} |= \"x\" [5m])) of ({app=\"a\"}[5m])";
    String plain = "variants(count_over_time({app=\"a\"}[5m])) of ({app=\"a\"}[5m])";
    String binary = "variants(sum(rate({app=\"a\"}[5m])) * 60) of ({app=\"a\"}[5m])";

    assertThat(values(filtered, "__variant__", START + 60)).containsExactly(Map.entry("0", "2"));
    assertThat(values(plain, "detected_level", START + 60))
        .containsExactly(Map.entry("unknown", "3"));
    assertThat(values(binary, "__variant__", START + 60)).containsExactly(Map.entry("0", "0.6"));
  }

  @Test
  void countsTheLargestExactly() {
    String[] lines = new String[3000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "path=/" + (i < 2 ? "a" : i < 5 ? "b" : i);
    }
    push(START, lines);
    String query = "approx_topk(2, sum by (path) (count_over_time({app=\"a\"} | logfmt [1h])))";

    assertThat(values(query, "path", START + 60))
        .containsExactly(Map.entry("/a", "2"), Map.entry("/b", "3"));
  }

  @Test
  void hasNoLimitOfRateWithoutTenants() {
    assertThat(page).contains("without `auth_enabled`");
    String[] lines = Collections.nCopies(50, "x".repeat(100_000)).toArray(String[]::new);
    for (int i = 0; i < 4; i++) {
      push(START + i, lines);
    }
  }

  @Test
  void answersToHead() {
    assertThat(page).contains("`HEAD /ready` works", "`OPTIONS` tells what there is");

    for (String path : List.of("/ready", "/services")) {
      assertThat(server.http().method("HEAD", path, Map.of(), new byte[0]).status()).isEqualTo(200);
    }
    assertThat(
            server.http().method("OPTIONS", "/loki/api/v1/push", Map.of(), new byte[0]).headers())
        .containsEntry("allow", "OPTIONS, POST");
  }
}
