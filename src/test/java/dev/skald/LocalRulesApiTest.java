package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ruler's API with its rules in files, which it cannot change, and without any rules. */
final class LocalRulesApiTest {
  private static final String RULES = "/loki/api/v1/rules";

  /** No rule is ever due. */
  private static final Clock STANDING =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private static final String READ_ONLY = " unsupported in rule local store";

  @TempDir Path directory;

  private static Http.Reply send(RunningServer server, String method, String path, String body) {
    return server.http().method(method, path, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void filesAreShownAndTheirPollingSeesChanges() throws Exception {
    Path file = Files.createDirectories(directory.resolve("rules/fake")).resolve("alerts.yaml");
    Files.writeString(
        file, "groups: [{name: g, rules: [{alert: A, expr: 'vector(1)>0', for: 90s}]}]");
    String yaml = RunningServer.config(directory, 0, "") + "ruler: {poll_interval: 100ms}\n";
    try (RunningServer server = RunningServer.configured(directory, yaml, STANDING)) {
      assertThat(server.http().get(RULES).text())
          .isEqualTo(
              """
              alerts.yaml:
                  - name: g
                    rules:
                      - alert: A
                        expr: vector(1)>0
                        for: 1m30s
              """);
      assertThat(server.http().get("/prometheus/api/v1/rules?type=alert").text())
          .contains("\"file\":\"alerts.yaml\"", "\"state\":\"unknown\"", "\"duration\":90");
      assertThat(server.http().get("/metrics").text())
          .contains("loki_ruler_config_last_reload_successful{user=\"fake\"} 1.0")
          .contains("loki_ruler_config_updates_total{user=\"fake\"} 1.0");

      Files.writeString(file, "groups: [{name: g, rule: []}]");
      awaitMetric(server, "loki_ruler_config_last_reload_successful{user=\"fake\"} 0.0");

      assertThat(server.http().get(RULES).text()).contains("vector(1)>0");
    }
  }

  private static void awaitMetric(RunningServer server, String metric) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!server.http().get("/metrics").text().contains(metric)) {
      assertThat(System.nanoTime()).as(metric).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void filesCannotBeChangedInTheWordsThatGrafanaLooksFor() throws IOException {
    try (RunningServer server = RunningServer.start(directory)) {
      Http.Reply get = send(server, "GET", "/api/prom/rules/test/test", "");
      assertThat(get.status()).isEqualTo(400);
      assertThat(get.text()).isEqualTo("GetRuleGroup" + READ_ONLY + "\n");

      Http.Reply put = send(server, "POST", RULES + "/ns", "name: a\n");
      assertThat(put.status()).isEqualTo(500);
      assertThat(put.text()).isEqualTo("SetRuleGroup" + READ_ONLY + "\n");

      for (String path : new String[] {"/ns", "/ns/group"}) {
        Http.Reply delete = send(server, "DELETE", RULES + path, "");
        String what = path.equals("/ns") ? "DeleteNamespace" : "DeleteRuleGroup";
        assertThat(delete.status()).isEqualTo(500);
        assertThat(delete.text())
            .isEqualTo(
                "{\"status\":\"error\",\"data\":null,\"errorType\":\"server_error\",\"error\":\""
                    + what
                    + READ_ONLY
                    + "\"}");
      }
      assertThat(send(server, "GET", RULES, "").text()).isEqualTo("no rule groups found\n");
    }
  }

  @Test
  void withoutARulerThereIsNoSuchPage() throws IOException {
    String store = "common: {path_prefix: %s}\n".formatted(directory);
    String none =
        """
        auth_enabled: false
        server: {http_listen_address: 127.0.0.1, http_listen_port: 0, log_level: warn}
        """;
    String off =
        none
            + store
            + "ruler: {enable_api: false, storage: {type: local, local: {directory: %s}}}\n"
                .formatted(directory.resolve("rules"));
    for (String yaml : new String[] {none + store, off}) {
      try (RunningServer server = RunningServer.configured(directory, yaml, Clock.systemUTC())) {
        for (String path : new String[] {RULES, "/api/prom/rules/test/test"}) {
          Http.Reply reply = server.http().get(path);
          assertThat(reply.status()).isEqualTo(404);
          assertThat(reply.text()).isEqualTo("404 page not found\n");
        }
        assertThat(server.http().get("/prometheus/api/v1/rules").status()).isEqualTo(404);
      }
    }
  }
}
