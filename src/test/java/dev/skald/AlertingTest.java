package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Lines;
import dev.skald.testing.MovingClock;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are pushed make alerts that fire and are resolved, seen over HTTP. */
final class AlertingTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final long DEADLINE_NANOS = 60_000_000_000L;
  private static final String RULES =
      """
      groups:
        - name: web
          interval: 10s
          rules:
            - alert: HighErrors
              expr: 'sum by (app) (count_over_time({app=~"web.*"} |= "error" [5m])) > 2'
              for: 20s
              labels: {severity: page}
              annotations:
                summary: '{{ $value }} errors in {{ $labels.app }}'
                line: '{{ printf "{app=%q} |= `error`" $labels.app | lastLine "5m" }}'
            - record: app:errors:count5m
              expr: 'sum by (app) (count_over_time({app=~"web.*"} |= "error" [5m]))'
      """;

  @TempDir Path directory;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T12:00:00Z"));

  @BeforeEach
  void writeRules() throws IOException {
    Path file = directory.resolve("rules/fake/alerts.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, RULES);
  }

  private RunningServer start() {
    return start(RunningServer.config(directory, 0, ""));
  }

  private RunningServer start(String yaml) {
    RunningServer server = RunningServer.configured(directory, yaml, clock);
    await(server, () -> server.http().get("/metrics").text().contains("rule_group_rules{"));
    return server;
  }

  private static void await(RunningServer server, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s", rules(server)).isLessThan(deadline);
      RunningServer.pause();
    }
  }

  private static JsonNode rules(RunningServer server) {
    return server.http().get("/prometheus/api/v1/rules").json().get("data").get("groups").get(0);
  }

  private static JsonNode alerts(RunningServer server) {
    return server.http().get("/prometheus/api/v1/alerts").json().get("data").get("alerts");
  }

  /** Lets time pass and waits for the evaluation that is then due. */
  private void pass(RunningServer server, Duration time) {
    clock.advance(time);
    String now = clock.instant().toString();
    await(server, () -> rules(server).get("lastEvaluation").asText().equals(now));
  }

  private void pushErrors(RunningServer server) {
    long now = clock.millis() * 1_000_000;
    assertThat(
            server
                .http()
                .push(
                    Lines.push(Map.of("app", "web"), now, List.of("error 1", "error 2", "error 3")))
                .status())
        .isEqualTo(204);
  }

  @Test
  void anAlertIsPendingThenFiresThenIsResolved() {
    try (RunningServer server = start()) {
      assertThat(rules(server).get("rules").get(0).get("state").asText()).isEqualTo("unknown");
      pass(server, INTERVAL);
      assertThat(alerts(server)).isEmpty();
      assertThat(rules(server).get("rules").get(0).get("state").asText()).isEqualTo("inactive");

      pushErrors(server);
      pass(server, INTERVAL);
      JsonNode pending = alerts(server).get(0);
      assertThat(pending.get("state").asText()).isEqualTo("pending");
      assertThat(pending.get("labels").toString())
          .isEqualTo("{\"alertname\":\"HighErrors\",\"app\":\"web\",\"severity\":\"page\"}");
      assertThat(pending.get("annotations").get("summary").asText()).isEqualTo("3 errors in web");
      assertThat(pending.get("annotations").get("line").asText()).isEqualTo("error 3");
      assertThat(pending.get("value").asText()).isEqualTo("3e+00");

      pass(server, INTERVAL);
      pass(server, INTERVAL);
      assertThat(alerts(server).get(0).get("state").asText()).isEqualTo("firing");
      assertThat(rules(server).get("rules").get(0).get("state").asText()).isEqualTo("firing");
      assertThat(rules(server).get("rules").get(1).get("health").asText()).isEqualTo("ok");

      pass(server, Duration.ofMinutes(6));
      assertThat(alerts(server)).isEmpty();
      assertThat(rules(server).get("rules").get(0).get("state").asText()).isEqualTo("inactive");
      assertThat(server.http().get("/metrics").text())
          .contains("loki_prometheus_rule_group_iterations_total{rule_group=\"")
          .contains("/fake/alerts.yaml;web\",user=\"fake\"} 5.0")
          .contains("loki_prometheus_rule_evaluation_duration_seconds_count{user=\"fake\"} 10")
          .contains("loki_ruler_managers_total 1.0")
          .contains("loki_ruler_sync_rules_total{reason=\"initial\"} 1.0");
    }
  }

  @Test
  void aRuleHasTheLimitsOfAQueryOfItsTenant() {
    String yaml = RunningServer.config(directory, 0, ", max_query_series: 1");
    try (RunningServer server = start(yaml)) {
      long now = clock.millis() * 1_000_000;
      for (String app : List.of("web", "web2")) {
        server.http().push(Lines.push(Map.of("app", app), now, List.of("error")));
      }
      pass(server, INTERVAL);

      JsonNode rule = rules(server).get("rules").get(1);
      assertThat(rule.get("health").asText()).isEqualTo("err");
      assertThat(rule.get("lastError").asText()).contains("maximum", "series");
      assertThat(server.http().get("/metrics").text())
          .contains("loki_prometheus_rule_evaluation_failures_total{rule_group=\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"query_timeout: 1ms, time", "max_query_memory: 1KB, memory"})
  void aRuleEndsAtTheTimeAndMemoryOfAQueryOfItsTenant(String limit, String says) {
    String yaml = RunningServer.config(directory, 0, ", " + limit);
    try (RunningServer server = start(yaml)) {
      List<String> many = IntStream.range(0, 100_000).mapToObj(i -> "error " + i).toList();
      server.http().push(Lines.push(Map.of("app", "web"), clock.millis() * 1_000_000, many));
      pass(server, INTERVAL);

      JsonNode rule = rules(server).get("rules").get(1);
      assertThat(rule.get("health").asText()).isEqualTo("err");
      assertThat(rule.get("lastError").asText()).contains(says);
    }
  }

  @Test
  void anAlertThatFiresDoesSoAfterARestart() {
    try (RunningServer server = start()) {
      pushErrors(server);
      for (int i = 0; i < 3; i++) {
        pass(server, INTERVAL);
      }
      assertThat(alerts(server).get(0).get("state").asText()).isEqualTo("firing");
    }
    String activeAt;
    clock.advance(INTERVAL);
    try (RunningServer server = start()) {
      pass(server, INTERVAL);
      JsonNode alert = alerts(server).get(0);
      assertThat(alert.get("state").asText()).isEqualTo("firing");
      activeAt = alert.get("activeAt").asText();
    }
    assertThat(Instant.parse(activeAt)).isBefore(Instant.parse("2026-11-23T12:00:11Z"));
  }
}
