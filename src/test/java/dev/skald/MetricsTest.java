package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} has what docs/metrics.md says, and what Loki's dashboards read. */
final class MetricsTest {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/metrics.md");
  private static final Pattern NAME =
      Pattern.compile("^\\| `((?:loki|logql|skald|jvm|process)_\\w+)`", Pattern.MULTILINE);

  @TempDir static Path directory;
  private static RunningServer server;
  private static String text;

  @BeforeAll
  static void use() {
    server = RunningServer.start(directory);
    String push = Lines.push(Map.of("app", "x"), 1_795_132_800_000_000_000L, List.of("a", "b"));
    assertThat(server.http().push(push).status()).isEqualTo(204);
    assertThat(server.http().push("{").status()).isEqualTo(400);
    server.http().get("/loki/api/v1/query", Map.of("query", "{app=\"x\"}"));
    server.http().get("/loki/api/v1/label/app/values");
    server.flush();
    text = server.http().get("/metrics").text();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Returns the names of what has a sample. */
  private static Set<String> names() {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String heading) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("## " + heading);
    assertThat(start).as(heading).isNotNegative();
    int end = page.indexOf("\n## ", start);
    return end < 0 ? page.substring(start) : page.substring(start, end);
  }

  private static Set<String> listed(String heading) throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher name = NAME.matcher(section(heading));
    while (name.find()) {
      listed.add(name.group(1));
    }
    assertThat(listed).isNotEmpty();
    return listed;
  }

  private static boolean isThere(String name) {
    return names().stream()
        .anyMatch(n -> n.equals(name) || n.equals(name + "_bucket") || n.equals(name + "_count"));
  }

  @Test
  void hasEverythingThatThePageLists() throws IOException {
    assertThat(listed("From the first request on")).allMatch(MetricsTest::isThere);
  }

  @Test
  void hasNothingThatThePageSaysIsMissing() throws IOException {
    assertThat(listed("Not there")).noneMatch(MetricsTest::isThere);
  }

  @Test
  void namesRoutesAsLokiDoes() {
    assertThat(text)
        .contains(
            "loki_request_duration_seconds_bucket{method=\"POST\",route=\"loki_api_v1_push\","
                + "status_code=\"204\",ws=\"false\",le=\"0.005\"}")
        .contains("route=\"loki_api_v1_label_name_values\"")
        .contains("loki_ingester_memory_streams{tenant=\"fake\"} 1")
        .contains("loki_inflight_requests{method=\"GET\",route=\"metrics\"} 1")
        .contains("loki_tcp_connections{protocol=\"http\"} 1");
    assertThat(text)
        .containsPattern("loki_distributor_lines_received_total\\{[^}]*tenant=\"fake\"[^}]*} 2");
  }

  @Test
  void speaksOpenMetricsToo() {
    Reply reply =
        server
            .http()
            .method(
                "GET",
                "/metrics",
                Map.of("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"),
                new byte[0]);
    assertThat(reply.headers().get("content-type"))
        .isEqualTo(
            "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores");
    assertThat(server.http().get("/metrics").headers().get("content-type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(reply.text()).endsWith("# EOF\n");
  }

  @Test
  void canBeSwitchedOff() {
    String yaml =
        RunningServer.config(directory.resolve("off"), 0, "")
            .replace("log_level: warn", "log_level: warn, register_instrumentation: false");
    try (RunningServer off =
        RunningServer.configured(directory.resolve("off"), yaml, java.time.Clock.systemUTC())) {
      assertThat(off.http().get("/metrics").status()).isEqualTo(404);
    }
  }
}
