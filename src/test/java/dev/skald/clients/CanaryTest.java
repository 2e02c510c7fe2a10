package dev.skald.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.Protobuf;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of loki-canary: it finds all that it has written (config-and-clients.md §5.4). */
final class CanaryTest {
  private static final String SELECTOR = "{name=\"loki-canary\",stream=\"stdout\"}";
  private static final String LABELS = "{name=\"loki-canary\", stream=\"stdout\"}";
  private static final long SECOND = 1_000_000_000L;
  private static final int WRITTEN = 20;

  @TempDir Path directory;

  private static void push(Http http, long time, String line) {
    Protobuf at = new Protobuf().number(1, time / SECOND).number(2, time % SECOND);
    Protobuf entry = new Protobuf().message(1, at).text(2, line);
    Protobuf stream = new Protobuf().text(1, LABELS).message(2, entry);
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-protobuf", "User-Agent", "loki-canary-push/3.5.0");
    byte[] body = new Protobuf().message(1, stream).snappy();
    assertThat(http.post("/loki/api/v1/push", headers, body).status()).isEqualTo(204);
  }

  @Test
  void findsAllThatItHasWritten() throws Exception {
    List<String> written = new ArrayList<>();
    try (RunningServer server = RunningServer.start(directory);
        TailClient tail =
            TailClient.open(server.port(), Map.of("query", SELECTOR), "X-Scope-OrgID", "fake")) {
      Http http = server.http();
      long first = System.currentTimeMillis() * 1_000_000L;
      for (int i = 0; i < WRITTEN; i++) {
        long time = System.currentTimeMillis() * 1_000_000L + i;
        written.add(time + " " + "p".repeat(80));
        push(http, time, written.getLast());
        assertThat(tail.lines(1)).containsExactly(written.getLast());
      }
      long last = System.currentTimeMillis() * 1_000_000L;
      while (tail.pings() == 0) {
        RunningServer.pause();
      }

      assertThat(lines(http, first, last)).as("missing").containsExactlyElementsOf(written);
      server.flush();
      assertThat(lines(http, first, last)).as("spot check").containsExactlyElementsOf(written);
      assertThat(count(http, "")).isEqualTo(count(http, "no-cache")).isEqualTo(WRITTEN);
    }
  }

  private static List<String> lines(Http http, long from, long to) {
    return Lines.query(http, SELECTOR, from - 10 * SECOND, to + 10 * SECOND).stream()
        .map(Lines.Line::text)
        .toList();
  }

  /** The metric test and the cache test want one series. */
  private static int count(Http http, String cache) {
    String query =
        URLEncoder.encode("count_over_time(" + SELECTOR + "[3600s])", StandardCharsets.UTF_8);
    Map<String, String> headers = cache.isEmpty() ? Map.of() : Map.of("Cache-Control", cache);
    Http.Reply reply =
        http.method("GET", "/loki/api/v1/query?limit=1000&query=" + query, headers, new byte[0]);
    JsonNode result = reply.json().at("/data/result");
    assertThat(result).hasSize(1);
    return result.at("/0/value/1").asInt();
  }
}
