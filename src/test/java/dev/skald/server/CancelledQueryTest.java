package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a query whose client hangs up: none of these would ever end by itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CancelledQueryTest {
  private static final String RUNNING = "loki_query_scheduler_running";
  private static final String WAITING = "loki_query_scheduler_queue_length";
  private static final long NOW = System.currentTimeMillis() * 1_000_000L;
  private static final String TIMES =
      "&start=%d&end=%d".formatted(NOW - 30_000_000_000L, NOW + 30_000_000_000L);
  private static final String ENDLESS = SlowQueries.encode(SlowQueries.ENDLESS);
  private static final String COUNT =
      SlowQueries.encode("sum by (x) (count_over_time(" + SlowQueries.ENDLESS + " [1m]))");

  @TempDir private static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    String yaml =
        RunningServer.config(directory, 0, ", max_query_memory: 4MB, query_timeout: 1h")
            + "querier: {max_concurrent: 1}\n";
    server = RunningServer.configured(directory, yaml, java.time.Clock.systemUTC());
    SlowQueries.push(server.http(), NOW, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String target(String kind) {
    return switch (kind) {
      case "log query" -> "/loki/api/v1/query_range?query=" + ENDLESS + TIMES;
      case "metric query" -> "/loki/api/v1/query_range?step=1&query=" + COUNT + TIMES;
      case "instant query" ->
          "/loki/api/v1/query?query=" + COUNT + "&time=" + (NOW + 30_000_000_000L);
      case "detected fields" -> "/loki/api/v1/detected_fields?query=" + ENDLESS + TIMES;
      case "legacy query" -> "/api/prom/query?query=" + ENDLESS + TIMES;
      case "export" -> "/skald/api/v1/export?query=" + ENDLESS + TIMES;
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log query",
        "metric query",
        "instant query",
        "detected fields",
        "legacy query",
        "export"
      })
  void freesItsSlot(String kind) throws Exception {
    RawClient client = SlowQueries.ask(server, target(kind));
    SlowQueries.awaitMetric(server, RUNNING, 1);

    client.close();

    SlowQueries.awaitMetric(server, RUNNING, 0);
    SlowQueries.awaitMetric(server, "skald_query_memory_bytes", 0);
    assertThat(server.http().get("/metrics").text()).contains("status_code=\"499\"");
  }

  @Test
  void leavesTheLine() throws Exception {
    RawClient first = SlowQueries.ask(server, target("log query"));
    SlowQueries.awaitMetric(server, RUNNING, 1);
    RawClient second = SlowQueries.ask(server, target("metric query"));
    SlowQueries.awaitMetric(server, WAITING, 1);

    second.close();

    SlowQueries.awaitMetric(server, WAITING, 0);
    first.close();
    SlowQueries.awaitMetric(server, RUNNING, 0);
  }

  @Test
  void endsAnExportThatIsAtALaterPage() throws Exception {
    long start = NOW - 20_000_000_000L;
    for (int i = 0; i < 8; i++) {
      List<String> lines = List.of("quick " + "x".repeat(100_000));
      String push = Lines.push(Map.of("app", "pages"), start + i * 1_000_000_000L, lines);
      assertThat(server.http().push(push).status()).isEqualTo(204);
    }
    List<String> slow = java.util.stream.IntStream.range(0, 500).mapToObj(i -> "slow").toList();
    String push = Lines.push(Map.of("app", "pages"), start + 9_000_000_000L, slow);
    assertThat(server.http().push(push).status()).isEqualTo(204);
    String query =
        "{app=\"pages\"} | label_format x=`{{ if hasPrefix \"slow\" __line__ }}"
            + SlowQueries.LOOPS
            + "{{ end }}`";
    String target =
        "/skald/api/v1/export?query=%s&start=%d&end=%d"
            .formatted(SlowQueries.encode(query), start, start + 60_000_000_000L);

    try (RawClient client = SlowQueries.ask(server, target)) {
      SlowQueries.awaitMetric(server, RUNNING, 1);
      // The head of the reply is there: the first page has been read.
      assertThat(client.readHead().status()).isEqualTo(200);
      SlowQueries.awaitMetric(server, RUNNING, 1);
    }
    SlowQueries.awaitMetric(server, RUNNING, 0);
  }

  @Test
  void aShortQueryIsAnsweredBesideAnEndlessOne() throws Exception {
    RawClient client = SlowQueries.ask(server, target("log query"));
    SlowQueries.awaitMetric(server, RUNNING, 1);

    assertThat(Lines.query(server.http(), "{app=\"a\"} |= \"line 5\"", NOW, NOW + 100_000))
        .isNotEmpty();

    client.close();
    SlowQueries.awaitMetric(server, RUNNING, 0);
  }
}
