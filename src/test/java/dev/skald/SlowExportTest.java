package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.EOFException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that does not read its export does not keep the memory that queries need. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SlowExportTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final int PUSHES = 8;
  private static final int LINES_A_PUSH = 2_500;
  private static final String LIMITS =
      ", max_query_memory: 64MB, query_timeout: 10s, max_entries_limit_per_query: 0,"
          + " ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000,"
          + " per_stream_rate_limit: 1GB, per_stream_rate_limit_burst: 1GB";

  @TempDir Path directory;

  private static void fill(Http http) {
    for (int i = 0; i < PUSHES; i++) {
      List<String> lines = Collections.nCopies(LINES_A_PUSH, "x".repeat(1000) + i);
      String push = Lines.push(Map.of("app", "a"), TIME + i * LINES_A_PUSH, lines);
      assertThat(http.push(push).status()).isEqualTo(204);
    }
  }

  private static String export() {
    String query = URLEncoder.encode("{app=\"a\"}", StandardCharsets.UTF_8);
    return "GET /skald/api/v1/export?query=%s&start=%d&end=%d HTTP/1.1\r\nHost: x\r\n\r\n"
        .formatted(query, TIME, TIME + 1_000_000);
  }

  @Test
  void isBrokenOffWhenAQueryNeedsTheMemory() throws Exception {
    String yaml = RunningServer.config(directory, 0, LIMITS) + "querier: {memory_limit: 10MB}\n";
    try (RunningServer server = RunningServer.configured(directory, yaml, Clock.systemUTC());
        RawClient slow = new RawClient(server.port(), 1 << 14)) {
      fill(server.http());
      assertThat(slow.send(export()).readHead().status()).isEqualTo(200);

      Http.Reply reply =
          server
              .http()
              .get(
                  "/loki/api/v1/query_range",
                  Map.of(
                      "query",
                      "{app=\"a\"}",
                      "start",
                      TIME,
                      "end",
                      TIME + 1_000_000,
                      "limit",
                      2500));
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThatThrownBy(
              () -> {
                while (true) {
                  slow.readHead();
                }
              })
          .isInstanceOf(EOFException.class);
      while (!server.http().get("/metrics").text().contains("skald_query_memory_bytes 0.0")) {
        Thread.onSpinWait();
      }
    }
  }
}
