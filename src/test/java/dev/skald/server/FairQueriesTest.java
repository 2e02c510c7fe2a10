package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who shares a server with others gets a share, and what is asked twice at a time runs once. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FairQueriesTest {
  private static final long NOW = System.currentTimeMillis() * 1_000_000L;
  private static final int PANELS = 40;
  private static final String RUNNING = "loki_query_scheduler_running";
  private static final String WAITING = "loki_query_scheduler_queue_length";

  @TempDir private Path directory;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private RunningServer server;

  private void start(int slots) {
    String yaml =
        RunningServer.config(directory, 0, ", query_timeout: 1h")
                .replace("auth_enabled: false", "auth_enabled: true")
            + "querier: {max_concurrent: %d}\n".formatted(slots);
    server = RunningServer.configured(directory, yaml, Clock.systemUTC());
    SlowQueries.push(server.http(), NOW, user("one", "anna"));
    SlowQueries.push(server.http(), NOW, user("two", "berta"));
  }

  @AfterEach
  void stop() {
    clients.shutdownNow();
    server.close();
  }

  private static Map<String, String> user(String tenant, String name) {
    return Map.of("X-Scope-OrgID", tenant, "X-Grafana-User", name);
  }

  private Http.Reply ask(String tenant, String name, String query) {
    String target = SlowQueries.range(query, NOW);
    return server.http().method("GET", target, user(tenant, name), new byte[0]);
  }

  private RawClient begin(String tenant, String name, String query) throws Exception {
    String head = "GET %s HTTP/1.1\r\nHost: x\r\nX-Scope-OrgID: %s\r\nX-Grafana-User: %s\r\n\r\n";
    return new RawClient(server.port())
        .send(head.formatted(SlowQueries.range(query, NOW), tenant, name));
  }

  @Test
  void aDashboardOfOneUserHoldsUpNobodyElse() throws Exception {
    start(2);
    AtomicInteger answered = new AtomicInteger();
    List<Future<Integer>> panels = new ArrayList<>();
    for (int i = 0; i < PANELS; i++) {
      String query = SlowQueries.SLOW + " != \"panel " + i + "\"";
      panels.add(
          clients.submit(
              () -> {
                int status = ask("one", "anna", query).status();
                answered.incrementAndGet();
                return status;
              }));
    }
    while (SlowQueries.metric(server, WAITING) < PANELS / 2) {
      RunningServer.pause();
    }

    assertThat(ask("one", "carla", "{app=\"a\"} |= \"line 7\"").status()).isEqualTo(200);
    assertThat(ask("two", "berta", "{app=\"a\"} |= \"line 7\"").status()).isEqualTo(200);
    assertThat(ask("two", "berta", SlowQueries.SLOW).status()).isEqualTo(200);
    assertThat(answered.get()).isLessThan(PANELS);

    for (Future<Integer> panel : panels) {
      assertThat(panel.get()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerSaysHowLongItHasWaited() throws Exception {
    start(1);
    RawClient endless = begin("one", "anna", SlowQueries.ENDLESS);
    SlowQueries.awaitMetric(server, RUNNING, 1);

    JsonNode waited = ask("one", "anna", "{app=\"a\"}").json().at("/data/stats/summary");
    assertThat(waited.get("queueTime").asDouble()).isPositive();
    assertThat(waited.get("execTime").asDouble()).isGreaterThan(waited.get("queueTime").asDouble());

    endless.close();
    SlowQueries.awaitMetric(server, RUNNING, 0);
  }

  @Test
  void whatIsAskedByManyAtATimeRunsOnce() throws Exception {
    start(4);
    List<RawClient> same = new ArrayList<>();
    for (String name : List.of("anna", "carla", "dora", "anna", "emma")) {
      same.add(begin("one", name, SlowQueries.ENDLESS));
    }
    String underWay = "loki_inflight_requests\\{[^}]*query_range[^}]*}";
    SlowQueries.awaitMetric(server, underWay, same.size());
    // What another tenant asks is another question.
    same.add(begin("two", "anna", SlowQueries.ENDLESS));
    SlowQueries.awaitMetric(server, underWay, same.size());
    SlowQueries.awaitMetric(server, RUNNING, 2);
    assertThat(SlowQueries.metric(server, WAITING)).isZero();

    for (RawClient client : same) {
      assertThat(SlowQueries.metric(server, RUNNING)).isGreaterThanOrEqualTo(1);
      client.close();
    }
    SlowQueries.awaitMetric(server, RUNNING, 0);
  }
}
