package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How live tails end, and what becomes of those who are slow (http-api.md §8). */
final class TailEndTest {
  private static final String QUERY = "{app=\"a\"}";
  private static final String FAST =
      ", ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000, per_stream_rate_limit: 1GB,"
          + " per_stream_rate_limit_burst: 1GB";

  @TempDir private Path directory;

  private static long now() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  private static void push(RunningServer server, List<String> lines) {
    assertThat(server.http().push(Lines.push(Map.of("app", "a"), now(), lines)).status())
        .isEqualTo(204);
  }

  private static TailClient tail(RunningServer server) {
    return TailClient.open(server.port(), Map.of("query", QUERY));
  }

  @Test
  void refusesMoreTailsThanATenantMayHave() throws Exception {
    try (RunningServer server =
            RunningServer.start(directory, ", max_concurrent_tail_requests: 1");
        TailClient first = tail(server)) {
      push(server, List.of("x"));
      first.lines(1);
      try (TailClient second = tail(server)) {
        assertThat(second.closed())
            .isEqualTo(
                "1011 rpc error: code = Code(400) desc = max concurrent tail requests limit"
                    + " exceeded, count > limit (2 > 1)");
      }
      first.leave();
      first.closed();
      assertThat(becomesOpen(server)).isTrue();
    }
  }

  /** The server learns of the farewell a moment after the client. */
  private static boolean becomesOpen(RunningServer server) throws Exception {
    for (int i = 0; i < 100; i++) {
      try (TailClient next = tail(server)) {
        push(server, List.of("y " + i));
        RunningServer.pause();
        if (next.hasMore()) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void endsATailThatIsTooOld() throws Exception {
    String config =
        RunningServer.config(directory, 0, "") + "querier: {tail_max_duration: 500ms}\n";
    try (RunningServer server = RunningServer.configured(directory, config, Clock.systemUTC());
        TailClient tail = tail(server)) {
      assertThat(tail.closed()).isEqualTo("1011 reached tail max duration limit");
    }
  }

  @Test
  void tellsTailsThatTheServerStops() throws Exception {
    RunningServer server = RunningServer.start(directory);
    try (TailClient tail = tail(server)) {
      push(server, List.of("x"));
      tail.lines(1);
      long begun = System.nanoTime();
      server.close();
      assertThat(tail.closed()).isEqualTo("1011 all ingesters closed the connection");
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(15));
    }
  }

  @Test
  void refusesRequestsOfSeveralTenants() {
    String config =
        RunningServer.config(directory, 0, "").replace("auth_enabled: false", "auth_enabled: true");
    try (RunningServer server = RunningServer.configured(directory, config, Clock.systemUTC())) {
      var reply =
          server
              .http()
              .method(
                  "GET",
                  "/loki/api/v1/tail?query=%7Ba%3D%22b%22%7D",
                  Map.of("X-Scope-OrgID", "a|b"),
                  new byte[0]);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).isEqualTo("multiple org IDs present");
    }
  }

  @Test
  void dropsForASlowTailAndTellsIt() throws Exception {
    try (RunningServer server = RunningServer.start(directory, FAST);
        TailClient fast = tail(server);
        TailClient slow =
            TailClient.open(server.port(), "/loki/api/v1/tail", false, Map.of("query", QUERY))) {
      String filler = "x".repeat(2000);
      int pushed = 0;
      int got = 0;
      for (int i = 0; i < 30; i++) {
        int from = pushed;
        push(server, IntStream.range(from, from + 1000).mapToObj(j -> j + filler).toList());
        pushed += 1000;
        got += fast.lines(1000).size();
      }
      assertThat(got).isEqualTo(pushed);

      slow.read();
      List<JsonNode> dropped = new ArrayList<>();
      while (dropped.isEmpty()) {
        slow.frame().path("dropped_entries").forEach(dropped::add);
      }
      assertThat(dropped).hasSize(1000);
      assertThat(dropped.getFirst().get("timestamp").isTextual()).isTrue();
      assertThat(dropped.getFirst().at("/labels/app").asText()).isEqualTo("a");
    }
  }

  /** A client of another make, which comes again from where it was. */
  private static final class Following extends WebSocketClient {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    Following(URI address) {
      super(address);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
      messages.add(message);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      ends.add(code + " " + reason);
    }

    @Override
    public void onError(Exception e) {
      ends.add(e.toString());
    }

    String message() throws InterruptedException {
      String message = messages.poll(20, TimeUnit.SECONDS);
      assertThat(message).as("closed: %s", ends).isNotNull();
      return message;
    }
  }

  @Test
  void goesOnAfterARestartOfTheServerForWhoComesAgain() throws Exception {
    Following first;
    long begun = now();
    try (RunningServer server = RunningServer.start(directory)) {
      first = follow(server, begun);
      push(server, List.of("before"));
      assertThat(first.message()).contains("\"before\"");
    }
    assertThat(first.ends.poll(20, TimeUnit.SECONDS))
        .isEqualTo("1011 all ingesters closed the connection");
    try (RunningServer server = RunningServer.start(directory)) {
      push(server, List.of("meanwhile"));
      Following second = follow(server, begun);
      assertThat(second.message()).contains("\"before\"").contains("\"meanwhile\"");
      push(server, List.of("after"));
      assertThat(second.message()).contains("\"after\"").doesNotContain("\"before\"");
      second.closeBlocking();
    }
  }

  private static Following follow(RunningServer server, long start) throws InterruptedException {
    Following client =
        new Following(
            TailClient.uri(
                server.port(), "/loki/api/v1/tail", Map.of("query", QUERY, "start", start)));
    assertThat(client.connectBlocking(20, TimeUnit.SECONDS)).isTrue();
    return client;
  }
}
