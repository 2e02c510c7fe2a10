package dev.skald.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/** An Alertmanager with docker/alertmanager.yaml is told what fires. */
final class AlertmanagerContainerTest {
  private static final int PORT = 9093;
  private static final long MINUTE = 60_000_000_000L;
  private static final String CONFIG = "/etc/alertmanager/skald.yaml";

  @TempDir Path directory;

  @BeforeAll
  static void requireEngine() {
    Engine.require();
  }

  @Test
  void theAlertOfTheTutorialArrives() throws Exception {
    Path rules = Files.createDirectories(directory.resolve("rules/fake"));
    Path tutorial = Engine.DOCKER.resolveSibling("docs/tutorial/rules.yaml");
    Files.copy(tutorial, rules.resolve("training.yaml"));
    try (GenericContainer<?> alertmanager = Engine.container("alertmanager", PORT)) {
      alertmanager
          .withCopyToContainer(
              MountableFile.forHostPath(Engine.DOCKER.resolve("alertmanager.yaml")), CONFIG)
          .withCommand("--config.file=" + CONFIG)
          .waitingFor(Wait.forHttp("/-/ready").forPort(PORT))
          .start();
      String address = Engine.address(alertmanager, PORT);
      String ruler = "ruler: {alertmanager_url: \"" + address + "\"}\n";
      try (RunningServer server = RunningServer.startWith(directory, ruler)) {
        fail(server);

        assertThat(awaitAlert(new Http(address))).contains("TrainingFails").contains("train-0");
      }
    }
  }

  private static void fail(RunningServer server) {
    Map<String, String> labels = Map.of("namespace", "kubeflow", "app", "train", "pod", "train-0");
    long now = System.currentTimeMillis() * 1_000_000;
    server.http().push(Lines.push(labels, now, List.of("RuntimeError: out of memory")));
  }

  private static String awaitAlert(Http alertmanager) {
    long deadline = System.nanoTime() + MINUTE;
    String alerts = "[]";
    while (alerts.strip().equals("[]") && System.nanoTime() < deadline) {
      RunningServer.pause();
      alerts = alertmanager.get("/api/v2/alerts").text();
    }
    return alerts;
  }
}
