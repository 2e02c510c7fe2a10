package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates of pushed lines over HTTP, as the patterns tab of Logs Drilldown asks for them. */
final class PatternsTest {
  private static final long NOW = 1_795_136_400L;
  private static final long NANOS = 1_000_000_000L;

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void push() {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    server = RunningServer.start(directory, "", clock);
    push("shop", NOW - 4 * 3600, "level=info msg=\"order 1 paid\" took=4ms");
    push("shop", NOW - 95, "level=info msg=\"order 17 paid\" took=5ms");
    push("shop", NOW - 93, "level=info msg=\"order 18 paid\" took=12ms");
    push(
        "shop", NOW - 30, "level=info msg=\"order 19 paid\" took=3ms", "level=error msg=\"no db\"");
    push("misc", NOW - 50, "hello & <bye>");
    server.flush(); // Templates are mined behind the reply to a push, but before a flush.
  }

  private static void push(String app, long second, String... lines) {
    String body = Lines.push(Map.of("app", app), second * NANOS, List.of(lines));
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply patterns(String query, Map<String, ?> more) {
    Map<String, Object> all = new java.util.HashMap<>(more);
    all.put("query", query);
    return server.http().get("/loki/api/v1/patterns", all);
  }

  @Test
  void answersTemplatesWithTheirCountsByTime() {
    Reply reply = patterns("{app=\"shop\"}", Map.of("step", "10s"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().get("content-type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(reply.text())
        .isEqualTo(
            """
            {"status":"success","data":[\
            {"pattern":"level=info msg=\\"order \\u003c_\\u003e paid\\" took=\\u003c_\\u003e",\
            "level":"info","samples":[[1795136300,2],[1795136370,1]]},\
            {"pattern":"level=error msg=\\"no db\\"","level":"error","samples":[[1795136370,1]]}]}
            """);
  }

  @Test
  void cutsTimesToTheStep() {
    Reply reply =
        patterns("{app=\"shop\"} | logfmt", Map.of("start", NOW - 60, "end", NOW, "step", "1m"));

    assertThat(reply.json().at("/data/0/samples").toString()).isEqualTo("[[1795136340,1]]");
  }

  @Test
  void escapesWhatHtmlWouldRead() {
    assertThat(patterns("{app=\"misc\"}", Map.of()).text())
        .contains("\"hello \\u0026 \\u003c\\u003c_\\u003e\\u003e\"");
  }

  @Test
  void aTemplateFindsItsLinesAsAFilter() {
    String pattern = patterns("{app=\"shop\"}", Map.of()).json().at("/data/0/pattern").textValue();
    String query = "{app=\"shop\"} |> `" + pattern + "`";

    assertThat(Lines.query(server.http(), query, (NOW - 3600) * NANOS, NOW * NANOS)).hasSize(3);
  }

  @Test
  void findsNothingInRangesWithoutLines() {
    String nothing = "{\"status\":\"success\",\"data\":[]}\n";

    assertThat(patterns("{app=\"shop\"}", Map.of("start", 0, "end", NOW - 3600)).text())
        .isEqualTo(nothing);
    assertThat(patterns("{app=\"shop\"}", Map.of("start", NOW, "end", NOW - 60)).text())
        .isEqualTo(nothing);
    assertThat(patterns("{app=\"none\"}", Map.of()).text()).isEqualTo(nothing);
  }

  @Test
  void refusesWhatIsNoSelectorOfStreams() {
    assertRefused("{app=~\".*\"}", "queries require at least one regexp or equality matcher");
    assertRefused("", "parse error : syntax error: unexpected $end");
    assertRefused("rate({app=\"a\"}[1m])", "only log selector is supported");
  }

  private static void assertRefused(String query, String message) {
    Reply reply = patterns(query, Map.of());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains(message);
  }
}
