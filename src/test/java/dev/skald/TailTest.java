package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live tails over WebSocket (http-api.md §8). */
final class TailTest {
  @TempDir private static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  private static void push(String app, String... lines) {
    Http.Reply reply = server.http().push(Lines.push(Map.of("app", app), now(), List.of(lines)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  private static void pushWithMetadata(String app, String line) {
    String body =
        "{\"streams\":[{\"stream\":{\"app\":\"%s\"},\"values\":[[\"%d\",\"%s\",{\"trace\":\"t1\"}]]}]}"
            .formatted(app, now(), line);
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }

  private static TailClient tail(String query) {
    return TailClient.open(server.port(), Map.of("query", query));
  }

  @Test
  void sendsHistoryFirstAndThenWhatComes() throws Exception {
    push("history", "one", "two");
    try (TailClient tail = tail("{app=\"history\"}")) {
      assertThat(tail.lines(2)).containsExactly("one", "two");
      push("history", "three");
      assertThat(tail.lines(1)).containsExactly("three");
      push("history", "four");
      assertThat(tail.lines(1)).containsExactly("four");
      assertThat(tail.hasMore()).isFalse();
    }
  }

  @Test
  void sendsTheNewestOfTheHistoryThatTheLimitAllows() throws Exception {
    push("limit", "one", "two", "three");
    try (TailClient tail =
        TailClient.open(server.port(), Map.of("query", "{app=\"limit\"}", "limit", 2))) {
      assertThat(tail.lines(2)).containsExactly("two", "three");
    }
  }

  @Test
  void sendsNoHistoryFromBeforeTheStart() throws Exception {
    push("start", "before");
    try (TailClient tail =
        TailClient.open(
            server.port(), Map.of("query", "{app=\"start\"}", "start", now() + 1_000_000_000L))) {
      push("start", "after");
      assertThat(tail.lines(1)).containsExactly("after");
    }
  }

  @Test
  void sendsOnlyTheStreamLabelsOfLiveEntriesOfAPlainSelector() throws Exception {
    pushWithMetadata("plain", "old");
    try (TailClient tail = tail("{app=\"plain\"}")) {
      assertThat(tail.frame().at("/streams/0/stream").has("trace")).isTrue();
      pushWithMetadata("plain", "new");
      JsonNode frame = tail.frame();
      assertThat(frame.at("/streams/0/stream").toString())
          .isEqualTo("{\"app\":\"plain\",\"service_name\":\"plain\"}");
      assertThat(frame.has("dropped_entries")).isFalse();
      assertThat(frame.has("encodingFlags")).isFalse();
    }
  }

  @Test
  void passesLiveEntriesThroughThePipeline() throws Exception {
    try (TailClient tail =
        tail("{app=\"stages\"} |= \"lvl\" | logfmt | lvl=\"warn\" | line_format \"{{.msg}}!\"")) {
      push("stages", "lvl=info msg=no", "other", "lvl=warn msg=yes");
      JsonNode entry = tail.frame().at("/streams/0");
      assertThat(entry.at("/values/0/1").asText()).isEqualTo("yes!");
      assertThat(entry.at("/stream/lvl").asText()).isEqualTo("warn");
      assertThat(entry.at("/stream").has("detected_level")).isTrue();
    }
  }

  @Test
  void tellsLabelsApartForWhoAsks() throws Exception {
    try (TailClient tail =
        TailClient.open(
            server.port(),
            Map.of("query", "{app=\"flags\"} | json"),
            "X-Loki-Response-Encoding-Flags",
            "categorize-labels")) {
      pushWithMetadata("flags", "{\\\"a\\\":1}");
      String frame = tail.frame().toString();
      assertThat(frame)
          .contains("{\"stream\":{\"app\":\"flags\",\"service_name\":\"flags\"},")
          .contains("{\"structuredMetadata\":{\"detected_level\":\"unknown\",\"trace\":\"t1\"},")
          .contains("\"parsed\":{\"a\":\"1\"}")
          .endsWith(",\"encodingFlags\":[\"categorize-labels\"]}");
    }
  }

  @Test
  void sendsEachEntryAsAStreamOfItsOwnAndAtMostAHundredAFrame() throws Exception {
    try (TailClient tail = tail("{app=\"many\"}")) {
      List<String> lines = IntStream.range(0, 250).mapToObj(i -> "line " + i).toList();
      push("many", lines.toArray(new String[0]));
      List<String> got = new ArrayList<>();
      while (got.size() < 250) {
        JsonNode streams = tail.frame().get("streams");
        assertThat(streams.size()).isLessThanOrEqualTo(100);
        streams.forEach(stream -> got.add(stream.at("/values/0/1").asText()));
      }
      assertThat(got).isEqualTo(lines);
    }
  }

  @Test
  void waitsForSlowSendersAsLongAsItIsTold() throws Exception {
    try (TailClient tail =
        TailClient.open(server.port(), Map.of("query", "{app=\"delay\"}", "delay_for", 1))) {
      long pushed = now();
      push("delay", "late");
      assertThat(tail.lines(1)).containsExactly("late");
      assertThat(now() - pushed).isGreaterThanOrEqualTo(Duration.ofMillis(990).toNanos());
    }
  }

  @Test
  void goesOnWhenTheStreamIsSealedAndStartsAgain() throws Exception {
    try (TailClient tail = tail("{app=\"restart\"}")) {
      push("restart", "before");
      assertThat(tail.lines(1)).containsExactly("before");
      server.flush();
      push("restart", "after");
      assertThat(tail.lines(1)).containsExactly("after");
    }
  }

  @Test
  void sendsNothingTwiceToTailsThatBeginWhileLinesCome() throws Exception {
    List<TailClient> tails = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        push("race", "line " + 2 * i);
        tails.add(TailClient.open(server.port(), Map.of("query", "{app=\"race\"}")));
        push("race", "line " + (2 * i + 1));
      }
      for (TailClient tail : tails) {
        assertThat(tail.lines(16)).doesNotHaveDuplicates();
        assertThat(tail.hasMore()).isFalse();
      }
    } finally {
      tails.forEach(TailClient::close);
    }
  }

  @Test
  void pingsEverySecond() throws Exception {
    try (TailClient tail = tail("{app=\"ping\"}")) {
      long begun = System.nanoTime();
      while (tail.pings() < 2) {
        RunningServer.pause();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void letsTheLegacyPathHaveItsOwnShape() throws Exception {
    try (TailClient tail =
        TailClient.open(
            server.port(),
            "/api/prom/tail",
            true,
            Map.of("query", "{app=\"legacy\"}", "regexp", "w.nted"))) {
      push("legacy", "other", "wanted");
      assertThat(tail.frame().toString())
          .matches(
              "\\{\"streams\":\\[\\{\"labels\":\"\\{app=\\\\\"legacy\\\\\".*\\}\",\"entries\":"
                  + "\\[\\{\"ts\":\"20..-..-..T..:..:..(\\.[0-9]*[1-9])?Z\",\"line\":\"wanted\"\\}\\]\\}\\],"
                  + "\"dropped_entries\":null\\}");
    }
  }

  @Test
  void closesATailOfNumbers() throws Exception {
    try (TailClient tail = tail("rate({app=\"a\"}[1m])")) {
      assertThat(tail.closed()).isEqualTo("1011 only log selector is supported");
    }
  }

  @Test
  void saysWhatIsWrongBeforeTheSwitch() {
    assertRefused(Map.of("query", "{"), "parse error at line 1, col 2: syntax error");
    assertRefused(
        Map.of("query", "{a=\"b\"}", "delay_for", "6"), "delay_for can't be greater than 5");
    assertRefused(Map.of("query", "{a=\"b\"}", "limit", "0"), "limit must be a positive value");
    assertRefused(
        Map.of("query", "{a=\"b\"} | line_format \"{{.x\""), "parse error : stage '| line_format");
  }

  private static void assertRefused(Map<String, ?> parameters, String text) {
    Http.Reply reply = server.http().get("/loki/api/v1/tail", parameters);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).startsWith(text);
  }

  @Test
  void answersWhatIsNoHandshakeAsLokiDoes() {
    Http.Reply reply = server.http().get("/loki/api/v1/tail", Map.of("query", "{a=\"b\"}"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo("Bad Request\n");
    assertThat(reply.headers()).containsEntry("sec-websocket-version", "13");
    Http.Reply post =
        server
            .http()
            .post(
                "/loki/api/v1/tail",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "query=%7Ba%3D%22b%22%7D".getBytes(StandardCharsets.UTF_8));
    assertThat(post.text()).isEqualTo("Bad Request\n");
  }

  @Test
  void countsTails() throws Exception {
    String path = "/metrics";
    try (TailClient tail = tail("{app=\"counted\"}")) {
      push("counted", "12345");
      tail.lines(1);
      assertThat(server.http().get(path).text())
          .containsPattern("loki_querier_tail_active [1-9]")
          .containsPattern("loki_querier_tail_active_streams [1-9]")
          .containsPattern("loki_querier_tail_bytes_total [1-9]")
          .contains("ws=\"true\"");
      tail.leave();
      assertThat(tail.closed()).startsWith("1000");
    }
    long begun = System.nanoTime();
    while (!server.http().get(path).text().contains("skald_querier_tail_waiting_bytes 0")) {
      RunningServer.pause();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }
}
