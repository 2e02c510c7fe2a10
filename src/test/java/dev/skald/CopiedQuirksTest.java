package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Odd corners of Loki that dashboards may depend on and that are copied (the register of logql.md
 * §25), as far as the tests beside the code do not show them.
 */
final class CopiedQuirksTest {
  private static final long START = 1_795_132_800L;
  private static final long NANOS = 1_000_000_000L;

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void push(String name, String value, String... lines) {
    String body = Lines.push(Map.of(name, value), START * NANOS, List.of(lines));
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  private static Reply instant(String query) {
    return server.http().get("/loki/api/v1/query", Map.of("query", query, "time", START + 60));
  }

  /** Returns the values of an instant query, in its order. */
  private static List<String> values(String query) {
    Reply reply = instant(query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply
        .json()
        .path("data")
        .path("result")
        .valueStream()
        .map(sample -> sample.path("value").get(1).asText())
        .toList();
  }

  private static List<Lines.Line> lines(String query) {
    return Lines.query(server.http(), query, START * NANOS, (START + 60) * NANOS);
  }

  /** Quirk 8. */
  @Test
  void hidesAMalformedStageFromClientsThatCategorizeLabels() {
    String path = "/loki/api/v1/query_range?query=%7Bapp%3D%22a%22%7D%7Cline_format%22%7B%7B%22";
    Map<String, String> flags = Map.of("X-Loki-Response-Encoding-Flags", "categorize-labels");

    Reply hidden = server.http().method("GET", path, flags, new byte[0]);
    Reply told = server.http().get(path);

    assertThat(hidden.status()).isEqualTo(200);
    assertThat(hidden.json().path("data").path("result")).isEmpty();
    assertThat(told.status()).isEqualTo(400);
    assertThat(told.text()).contains("unclosed action");
  }

  @Test
  void linesStayPackedUnderASumThatNeedsNoLabel() {
    push("app", "q8", "{\"_entry\":\"x\",\"a\":\"packed\"}");

    assertThat(values("sum(count_over_time({app=\"q8\"} | unpack |= \"packed\" [5m]))"))
        .containsExactly("1");
    assertThat(values("count_over_time({app=\"q8\"} | unpack |= \"packed\" [5m])")).isEmpty();
  }

  /** Quirk 9. */
  @Test
  void onlyPlainFieldsOfATemplateAskForTheirLabels() {
    push("app", "q9", "a=1");
    String counted =
        "sum(count_over_time({app=\"q9\"} | logfmt | line_format \"%s\" |= \"1\" [5m]))";

    assertThat(values(counted.formatted("{{ .a }}"))).containsExactly("1");
    assertThat(values(counted.formatted("{{ $.a }}"))).isEmpty();
    assertThat(values(counted.formatted("{{ index . `a` }}"))).isEmpty();
  }

  /** Quirk 23. */
  @Test
  void minusZeroIsADuration() {
    assertThat(instant("1 - 0").text()).contains("\"1\"");
    assertThat(instant("1-00").text()).contains("\"1\"");
    for (String query : List.of("1-0", "1 -0", "5 * -0", "vector(1) > -0")) {
      Reply reply = instant(query);
      assertThat(reply.status()).as(query).isEqualTo(400);
      assertThat(reply.text()).contains("syntax error: unexpected DURATION");
    }
  }

  /** Quirk 30. */
  @Test
  void aDotMatchesANewlineInSelectorsAndDropsOnly() {
    push("q30", "a\nb", "x");

    assertThat(lines("{q30=~\"a.b\"}")).hasSize(1);
    assertThat(lines("{q30=~\"a.b\"} | q30=~\"a.b\"")).isEmpty();
    assertThat(lines("{q30=~\"a.b\"} | drop q30=~\"a.b\""))
        .singleElement()
        .satisfies(line -> assertThat(line.labels()).doesNotContainKey("q30"));
    assertThat(lines("{q30=~\"a.b\"} | keep q30=~\"a.b\""))
        .singleElement()
        .satisfies(line -> assertThat(line.labels()).containsKey("q30"));
    JsonNode replaced =
        instant(
                "label_replace(count_over_time({q30=~\"a.b\"}[5m]), \"n\", \"y\", \"q30\","
                    + " \"a.b\")")
            .json();
    assertThat(replaced.path("data").path("result").get(0).path("metric").has("n")).isFalse();
  }
}
