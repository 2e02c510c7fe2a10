package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One server writes a store, another with {@code target: read} answers queries of it. */
final class ReaderProcessTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final long DEADLINE_NANOS = 60_000_000_000L;

  @TempDir Path directory;

  @Test
  void seesEverySealedLineAlsoOfLaterSeals() {
    try (RunningServer writer = RunningServer.start(directory)) {
      List<String> sealed = new ArrayList<>();
      push(writer, "first", sealed);
      writer.flush();
      try (RunningServer reader = RunningServer.startReader(directory)) {
        assertThat(lines(reader.http())).containsExactlyElementsOf(sealed);
        for (String text : List.of("second", "third")) {
          push(writer, text, sealed);
          writer.flush();
          awaitLines(reader.http(), sealed.size());
          assertThat(lines(reader.http())).containsExactlyElementsOf(sealed);
        }
      }
      assertThat(lines(writer.http())).containsExactlyElementsOf(sealed);
    }
  }

  @Test
  void refusesPushesAndSaysWhy() {
    try (RunningServer reader = RunningServer.startReader(directory)) {
      Http.Reply reply = reader.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("a")));
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).contains("only answers queries (target=read)");
      assertThat(lines(reader.http())).isEmpty();
      assertThat(directory.resolve("wal")).doesNotExist();
    }
  }

  /** A client of either make learns where else to ask, before any WebSocket is made. */
  @ParameterizedTest
  @ValueSource(strings = {"/loki/api/v1/tail", "/api/prom/tail"})
  void refusesTailsAndSaysWhy(String path) throws Exception {
    try (RunningServer reader = RunningServer.startReader(directory);
        RawClient client = new RawClient(reader.port())) {
      client.send(
          "GET "
              + path
              + "?query=%7Ba%3D%22b%22%7D HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
              + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n\r\n");
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text())
          .isEqualTo(
              "this Skald only answers queries (target=read); tail from the one that takes"
                  + " pushes\n");
      assertThat(client.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n").read().status())
          .as("the connection goes on")
          .isEqualTo(200);
    }
  }

  @Test
  void showsOnlyWhatItRuns() {
    try (RunningServer reader = RunningServer.startReader(directory)) {
      assertThat(reader.http().get("/services").text().lines())
          .containsExactlyInAnyOrder(
              "server => Running",
              "querier => Running",
              "query-frontend => Running",
              "query-scheduler => Running",
              "store => Running");
      Map<String, String> json = Map.of("Accept", "application/json");
      for (String ring : List.of("/ring", "/compactor/ring", "/ruler/ring", "/pattern/ring")) {
        Http.Reply reply = reader.http().method("GET", ring, json, new byte[0]);
        assertThat(reply.json().get("shards")).as(ring).isEmpty();
        assertThat(reader.http().get(ring).text()).doesNotContain("ACTIVE");
      }
      Http.Reply scheduler = reader.http().method("GET", "/scheduler/ring", json, new byte[0]);
      assertThat(scheduler.json().at("/shards/0/state").asText()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void aReaderDoesNotKeepTheWriterFromStarting() {
    try (RunningServer reader = RunningServer.startReader(directory);
        RunningServer writer = RunningServer.start(directory)) {
      List<String> sealed = new ArrayList<>();
      push(writer, "line", sealed);
      writer.flush();
      awaitLines(reader.http(), 1);
      assertThat(lines(reader.http())).containsExactly("line");
    }
  }

  private static void push(RunningServer writer, String text, List<String> sealed) {
    String body = Lines.push(Map.of("app", "x"), TIME + sealed.size(), List.of(text));
    assertThat(writer.http().push(body).status()).isEqualTo(204);
    sealed.add(text);
  }

  private static List<String> lines(Http http) {
    return Lines.query(http, "{app=\"x\"}", TIME, TIME + 1000).stream()
        .map(Lines.Line::text)
        .toList();
  }

  private static void awaitLines(Http http, int count) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (lines(http).size() < count && System.nanoTime() < deadline) {
      RunningServer.pause();
    }
  }
}
