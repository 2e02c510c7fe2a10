package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that only reads passes tails on to the one that takes pushes. */
final class TailReaderTest {
  private static final String QUERY = "{app=\"a\"}";

  @TempDir Path directory;
  private RunningServer writer;
  private RunningServer reader;

  @BeforeEach
  void start() {
    writer = server("", 0);
    reader = server("http://127.0.0.1:" + writer.port() + "/", 0);
  }

  private RunningServer server(String tailProxy, int port) {
    String yaml =
        RunningServer.config(directory, port, "")
            .replace("auth_enabled: false", "auth_enabled: true");
    String reading = "target: read\nfrontend: {tail_proxy_url: '" + tailProxy + "'}\n";
    return RunningServer.configured(
        directory, (tailProxy.isEmpty() ? "" : reading) + yaml, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    reader.close();
    writer.close();
  }

  private void push(String tenant, String line) {
    long now = System.currentTimeMillis() * 1_000_000L;
    Http.Reply reply =
        writer
            .http()
            .post(
                "/loki/api/v1/push",
                Map.of("Content-Type", "application/json", "X-Scope-OrgID", tenant),
                Lines.push(Map.of("app", "a"), now, List.of(line))
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  private static TailClient tail(RunningServer at, String path, String query) {
    return TailClient.open(
        at.port(), path, true, Map.of("query", query, "limit", 5), "X-Scope-OrgID", "t");
  }

  @Test
  void sendsWhatTheOtherProcessSends() throws Exception {
    push("t", "old");
    push("u", "another's");
    try (TailClient tail = tail(reader, "/loki/api/v1/tail", QUERY);
        TailClient old = tail(reader, "/api/prom/tail", QUERY)) {
      assertThat(tail.lines(1)).containsExactly("old");
      String large = "x".repeat(200_000) + "é";
      push("t", large);
      assertThat(tail.lines(1)).containsExactly(large);
      assertThat(old.frame().at("/streams/0/entries/0/line").asText()).isEqualTo("old");
      assertThat(active()).contains("loki_querier_tail_active 2.0");
      tail.leave();
      old.leave();
      assertThat(tail.closed()).startsWith("1000");
    }
    while (!active().contains("loki_querier_tail_active 0.0")) {
      RunningServer.pause();
    }
  }

  private String active() {
    return writer.http().get("/metrics").text();
  }

  @Test
  void endsAsTheOtherProcessEndsIt() throws Exception {
    try (TailClient numbers = tail(reader, "/loki/api/v1/tail", "rate(" + QUERY + "[1m])")) {
      assertThat(numbers.closed()).isEqualTo("1011 only log selector is supported");
    }
    push("t", "old");
    try (TailClient tail = tail(reader, "/loki/api/v1/tail", QUERY)) {
      tail.lines(1);
      writer.close();
      assertThat(tail.closed()).isEqualTo("1011 all ingesters closed the connection");
    }
  }

  @Test
  void saysThatTheOtherProcessIsNotThere() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    try (RunningServer lonely = server("http://127.0.0.1:" + nobody, 0);
        TailClient tail = tail(lonely, "/loki/api/v1/tail", QUERY)) {
      assertThat(tail.closed()).startsWith("1011 the Skald that takes pushes cannot be reached");
    }
  }

  /** What its address leads to may be the process itself. */
  @Test
  void passesNothingOnInACircle() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (RunningServer circle = server("http://127.0.0.1:" + port, port);
        TailClient tail = tail(circle, "/loki/api/v1/tail", QUERY)) {
      assertThat(tail.closed())
          .isEqualTo("1011 the Skald that takes pushes refuses the tail: status 503");
    }
  }

  @Test
  void tellsWhatIsWrongBeforeTheSwitch() throws IOException {
    assertThat(refused("t", "{app=").text()).startsWith("parse error at line 1, col 6:");
    assertThat(refused("t", "{app=").status()).isEqualTo(400);
    assertThat(refused("t|u", QUERY).text()).isEqualTo("multiple org IDs present");
    assertThat(refused("t", QUERY).text()).as("no handshake").isEqualTo("Bad Request\n");
  }

  private Http.Reply refused(String tenant, String query) {
    String path = "/loki/api/v1/tail?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    return reader.http().method("GET", path, Map.of("X-Scope-OrgID", tenant), new byte[0]);
  }
}
