package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.ServerInProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty queries that each want more memory than there is come at once to a server with little heap.
 * Other queries and pushes go on as if nothing were the matter.
 */
final class HostileQueriesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final int TRACES = 100_000;
  private static final int TRACES_A_PUSH = 5_000;
  private static final int HUGE_LINES = 60;
  private static final int HOSTILE = 50;
  private static final String LIMITS =
      ", max_entries_limit_per_query: 0, max_query_series: 0, query_timeout: 20s,"
          + " ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000,"
          + " per_stream_rate_limit: 1GB, per_stream_rate_limit_burst: 1GB";

  private static final List<String> QUERIES =
      List.of(
          "sum by (trace_id) (count_over_time({app=\"traces\"} | logfmt [24h]))",
          "count_over_time({app=\"traces\"} | logfmt [1h])",
          "topk(50000, count_over_time({app=\"traces\"} | logfmt [24h]))",
          "count_over_time({app=\"traces\"} | logfmt [24h])"
              + " or count_over_time({app=\"traces\"} | logfmt [12h])",
          "quantile_over_time(0.9, {app=\"traces\"} | logfmt | unwrap n [24h])",
          "{app=\"huge\"} | json",
          "sum by (m) (count_over_time({app=\"huge\"} | json [24h]))",
          "{app=\"traces\"}",
          "{app=\"traces\"} | logfmt",
          "{app=\"traces\"} |~ \"(x+x+)+y|(a|b|ab)*c.{1,200}z\"",
          "{app=\"traces\"} | regexp \"(?P<a>.*)(?P<b>.*e.*)(?P<c>.*t.*)\"",
          "{app=\"traces\"} | logfmt" + " | label_format a=`{{.trace_id}}{{.a}}{{.a}}`".repeat(20),
          "{app=\"traces\"} | line_format `{{ repeat 100000 .trace_id }}`");

  @TempDir Path directory;

  @Test
  @Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void areRefusedOneByOneWhileOthersAreAnswered() throws Exception {
    try (ServerInProcess server = ServerInProcess.start(directory, LIMITS)) {
      fill(server.http());
      long heapBefore = server.liveHeapBytes();
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      AtomicInteger normal = new AtomicInteger();
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> others = new ArrayList<>();
      others.add(loop(over, () -> normalQuery(server.http(), normal, failures)));
      others.add(loop(over, () -> normalMetric(server.http(), normal, failures)));
      others.add(loop(over, () -> push(server.http(), normal, failures)));

      Map<Integer, Integer> statuses = attack(server.http());
      over.set(true);
      for (Thread other : others) {
        other.join();
      }

      assertThat(failures).isEmpty();
      assertThat(normal.get()).isGreaterThan(HOSTILE);
      assertThat(statuses.keySet()).isSubsetOf(200, 400, 429, 504);
      assertThat(statuses.get(400)).as("refused: %s", statuses).isPositive();
      assertThat(server.http().get("/metrics").text()).contains("skald_query_memory_bytes 0.0");
      assertThat(server.liveHeapBytes()).isLessThan(heapBefore + (48 << 20));
      assertThat(Lines.query(server.http(), "{app=\"normal\"}", TIME, TIME + 100)).isNotEmpty();
    }
  }

  private static void fill(Http http) {
    for (int from = 0; from < TRACES; from += TRACES_A_PUSH) {
      List<String> lines = new ArrayList<>();
      for (int i = from; i < from + TRACES_A_PUSH; i++) {
        lines.add("trace_id=%016x%016x n=%d msg=hello".formatted(i * 31L, i * 77_777L, i));
      }
      assertThat(http.push(Lines.push(Map.of("app", "traces"), TIME + from, lines)).status())
          .isEqualTo(204);
    }
    for (int i = 0; i < HUGE_LINES; i++) {
      StringBuilder line = new StringBuilder("{\"m\":\"" + "x".repeat(50_000) + i + "\"");
      for (int key = 0; key < 5_000; key++) {
        line.append(",\"key_%d_%d\":\"value %d\"".formatted(i, key, key));
      }
      String push =
          Lines.push(Map.of("app", "huge"), TIME + i, List.of(line.append('}').toString()));
      assertThat(http.push(push).status()).isEqualTo(204);
    }
    assertThat(http.push(Lines.push(Map.of("app", "normal"), TIME, List.of("a", "b"))).status())
        .isEqualTo(204);
  }

  /** Sends all hostile queries at once; returns how many replies had which status. */
  private static Map<Integer, Integer> attack(Http http) throws InterruptedException {
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    List<Thread> attackers = new ArrayList<>();
    for (int i = 0; i < HOSTILE; i++) {
      String query = QUERIES.get(i % QUERIES.size());
      long shift = i * SECOND;
      attackers.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      statuses.merge(
                          ask(http, query, 2_000_000, TIME - HOUR + shift, TIME + HOUR).status(),
                          1,
                          Integer::sum)));
    }
    for (Thread attacker : attackers) {
      attacker.join();
    }
    return new TreeMap<>(statuses);
  }

  private static Thread loop(AtomicBoolean over, Runnable step) {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (!over.get()) {
                step.run();
              }
            });
  }

  private static Http.Reply ask(Http http, String query, int limit, long start, long end) {
    return http.get(
        "/loki/api/v1/query_range",
        Map.of("query", query, "start", start, "end", end, "limit", limit, "step", "5"));
  }

  private static void normalQuery(Http http, AtomicInteger done, Queue<String> failures) {
    note(ask(http, "{app=\"normal\"} |= \"a\"", 100, TIME, TIME + HOUR), done, failures);
  }

  private static void normalMetric(Http http, AtomicInteger done, Queue<String> failures) {
    note(
        ask(http, "sum by (app) (rate({app=\"normal\"}[5m]))", 100, TIME, TIME + HOUR),
        done,
        failures);
    note(
        http.get("/loki/api/v1/labels", Map.of("start", TIME, "end", TIME + HOUR)), done, failures);
  }

  private static void push(Http http, AtomicInteger done, Queue<String> failures) {
    long time = TIME + 1 + done.get();
    note(http.push(Lines.push(Map.of("app", "normal"), time, List.of("c"))), done, failures);
  }

  private static void note(Http.Reply reply, AtomicInteger done, Queue<String> failures) {
    if (reply.status() / 100 == 2) {
      done.incrementAndGet();
    } else {
      failures.add(reply.status() + ": " + reply.text());
    }
  }
}
