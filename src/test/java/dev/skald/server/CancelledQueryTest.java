package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a query whose client hangs up. */
final class CancelledQueryTest {
  private static final int LINES = 20_000;
  private static final int PUSHES = 10;
  private static final int QUERIES = 16;
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void freesItsWorker() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            directory,
            ", ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000,"
                + " per_stream_rate_limit: 1GB, per_stream_rate_limit_burst: 1GB")) {
      long now = System.currentTimeMillis() * 1_000_000L;
      push(server.http(), now);
      String query = "sum(rate({app=\"a\"} | regexp \"(?P<x>.*a.*b.*c.*d.*)\" [1s]))";
      String target =
          "/loki/api/v1/query_range?step=1&query=%s&start=%d&end=%d"
              .formatted(encode(query), now - 1_000_000_000L, now + 5_000_000_000L);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        RawClient client = new RawClient(server.port());
        clients.add(client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"));
      }
      for (RawClient client : clients) {
        client.close();
      }
      long start = System.nanoTime();
      assertThat(Lines.query(server.http(), "{app=\"a\"} |= \"line 5 \"", now, now + 100_000))
          .isNotEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
      String metrics = server.http().get("/metrics").text();
      assertThat(metrics).contains("status_code=\"499\"");
    }
  }

  private static void push(Http http, long now) {
    for (int i = 0; i < PUSHES; i++) {
      List<String> lines = new ArrayList<>();
      for (int j = 0; j < LINES; j++) {
        lines.add("line " + j + " " + "abc".repeat(50));
      }
      assertThat(http.push(Lines.push(Map.of("app", "a"), now + i * 1000L * LINES, lines)).status())
          .isEqualTo(204);
    }
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }
}
