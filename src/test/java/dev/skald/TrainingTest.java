package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training job on Kubernetes is watched: its loss is plotted, its errors are counted. */
final class TrainingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_795_132_800L * SECOND;
  private static final Map<String, String> MASTER =
      Map.of(
          "app", "pytorch-simple",
          "pod", "pytorch-simple-master-0",
          "namespace", "kubeflow",
          "job", "kubeflow/pytorch-simple");
  private static final String LOSS_QUERY =
      "{app=\"pytorch-simple\",pod=\"pytorch-simple-master-0\"} |= \"Train\" | pattern \"<time> <_>"
          + "     Train Epoch: 1 [<step>/<_> <_>]\\tloss=<loss>\"";
  private static final String ERRORS_QUERY =
      "count_over_time({namespace=\"kubeflow\"} |~ \"^.*(?i)(error|fail|failed|invalid).*$\" [1m])"
          + " > 0";
  private static final String WARNINGS_QUERY =
      "sum(rate({namespace=\"kubeflow\"} |~ \"^.*(?i)(warning).*$\" [5m])) by (job) /"
          + " sum(rate({namespace=\"kubeflow\"} [5m])) by (job) > 0.05";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void train() {
    server = RunningServer.start(directory);
    List<String> lines = new ArrayList<>();
    for (int step = 0; step < 60_000; step += 640) {
      lines.add(
          "2024-03-19T08:51:02Z INFO     Train Epoch: 1 [%d/60000 (%d%%)]\tloss=%.4f"
              .formatted(step, step / 600, 2.4 - step / 40_000.0));
    }
    push(MASTER, START, lines);
    push(MASTER, START + 100 * SECOND, List.of("WARNING: checkpoint is slow"));
    push(
        MASTER,
        START + 101 * SECOND,
        List.of("Traceback (most recent call last):", "RuntimeError: CUDA error: out of memory"));
  }

  private static void push(Map<String, String> labels, long time, List<String> lines) {
    assertThat(server.http().push(Lines.push(labels, time, lines)).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void patternMakesTimeStepAndLossLabels() {
    List<Lines.Line> lines = Lines.query(server.http(), LOSS_QUERY, START, START + 60 * SECOND);

    assertThat(lines).hasSize(94);
    assertThat(lines)
        .filteredOn(line -> line.labels().get("step").equals("55040"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.labels())
                  .containsEntry("time", "2024-03-19T08:51:02Z")
                  .containsEntry("loss", "1.0240")
                  .containsEntry("service_name", "pytorch-simple");
              assertThat(line.text()).endsWith("[55040/60000 (91%)]\tloss=1.0240");
            });
  }

  @Test
  void errorsAreCountedInWhateverCase() {
    JsonNode result = instant(ERRORS_QUERY, 120);

    assertThat(result).hasSize(1);
    assertThat(result.get(0).get("value").get(1).asText()).isEqualTo("1");
    assertThat(result.get(0).get("metric").get("pod").asText())
        .isEqualTo("pytorch-simple-master-0");
    assertThat(instant(ERRORS_QUERY, 60)).isEmpty();
  }

  @Test
  void warningsAreComparedWithAllLines() {
    assertThat(instant(WARNINGS_QUERY, 200)).isEmpty();

    push(MASTER, START + 250 * SECOND, List.of("WARNING 1", "Warning 2", "warning 3", "x warning"));
    JsonNode result = instant(WARNINGS_QUERY, 390);

    assertThat(result).hasSize(1);
    assertThat(result.get(0).get("metric").toString())
        .isEqualTo("{\"job\":\"kubeflow/pytorch-simple\"}");
    assertThat(result.get(0).get("value").get(1).asDouble()).isEqualTo(5.0 / 7, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }

  private static JsonNode instant(String query, long secondsAfterStart) {
    Http.Reply reply =
        server
            .http()
            .get(
                "/loki/api/v1/query",
                Map.of("query", query, "time", START + secondsAfterStart * SECOND));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().get("data").get("result");
  }
}
