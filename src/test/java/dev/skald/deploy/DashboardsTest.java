package dev.skald.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards ask for what a server that takes training logs really answers. */
final class DashboardsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_795_132_800L * SECOND;
  private static final int COLUMNS = 24;

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void train() throws Exception {
    Path rules = Files.createDirectories(directory.resolve("rules/fake"));
    Files.copy(ROOT.resolve("docs/tutorial/rules.yaml"), rules.resolve("training.yaml"));
    server = RunningServer.start(directory, ", max_line_size: 1KB");
    Map<String, String> labels = Map.of("namespace", "kubeflow", "app", "train", "pod", "train-0");
    server.http().push(Lines.push(labels, START, printed()));
    server.http().push(Lines.push(labels, START, List.of("x".repeat(2000))));
    awaitRules();
  }

  /** What the job of the tutorial prints. */
  private static List<String> printed() throws IOException, InterruptedException {
    Process train = new ProcessBuilder(ROOT.resolve("docs/tutorial/train").toString()).start();
    List<String> lines = new String(train.getInputStream().readAllBytes()).lines().toList();
    assertThat(train.waitFor()).isZero();
    return lines;
  }

  private static void awaitRules() {
    while (!server.http().get("/metrics").text().contains("rule_evaluations_total{")) {
      RunningServer.pause();
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<Dashboard> dashboards() throws IOException {
    return Dashboard.all();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyLogQueryIsAnsweredWithData(Dashboard dashboard) {
    for (String query : dashboard.queries("loki")) {
      Http.Reply reply =
          server
              .http()
              .get(
                  "/loki/api/v1/query_range",
                  Map.of(
                      "query", query, "start", START, "end", START + 60 * SECOND, "step", "15s"));

      assertThat(reply.status()).as(query + reply.text()).isEqualTo(200);
      assertThat(reply.json().at("/data/result")).as(query).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyMetricIsOneThatTheServerHas(Dashboard dashboard) {
    // The second request sees the histogram of the first.
    server.http().get("/metrics");
    Set<String> names =
        server
            .http()
            .get("/metrics")
            .text()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());

    assertThat(names).containsAll(dashboard.metrics());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsNameTheirSourcesAndDoNotOverlap(Dashboard dashboard) throws IOException {
    Set<Integer> ids = new HashSet<>();
    Set<Integer> cells = new HashSet<>();
    List<String> sources = new ArrayList<>();
    Path provisioned = ROOT.resolve("docker/grafana/provisioning/datasources/skald.yaml");
    Yaml.document(provisioned).get("datasources").forEach(s -> sources.add(s.get("uid").asText()));
    for (JsonNode panel : dashboard.json().get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      assertThat(sources).contains(panel.at("/datasource/uid").asText());
      JsonNode grid = panel.get("gridPos");
      assertThat(grid.get("x").asInt() + grid.get("w").asInt()).isLessThanOrEqualTo(COLUMNS);
      for (int y = 0; y < grid.get("h").asInt(); y++) {
        for (int x = 0; x < grid.get("w").asInt(); x++) {
          int cell = (grid.get("y").asInt() + y) * COLUMNS + grid.get("x").asInt() + x;
          assertThat(cells.add(cell)).as(panel.get("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void thereAreTwoForTrainingAndForTheServer() throws IOException {
    assertThat(Stream.of("training.json", "skald.json"))
        .allMatch(name -> dashboardNames().contains(name));
    assertThat(Dashboard.all().getFirst().metrics()).hasSizeGreaterThan(20);
  }

  private static List<String> dashboardNames() {
    try {
      return Dashboard.all().stream().map(Dashboard::toString).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
