package dev.skald.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** A Promtail that reads a file with docker/promtail.yaml. */
final class PromtailContainerTest {
  private static final int PORT = 9080;
  private static final long MINUTE = 60_000_000_000L;

  @TempDir Path directory;

  @BeforeAll
  static void requireEngine() {
    Engine.require();
  }

  @Test
  void everyLineOfTheFileArrives() throws Exception {
    try (RunningServer server = RunningServer.start(directory)) {
      Testcontainers.exposeHostPorts(server.port());
      String config = Engine.file("promtail.yaml", server.port());
      try (GenericContainer<?> promtail = Engine.container("promtail", PORT)) {
        promtail
            .withCopyToContainer(Transferable.of(config), "/etc/promtail/skald.yaml")
            .withCopyToContainer(Transferable.of("one\ntwo\nthree\n"), "/var/log/host/job.log")
            .withCommand("-config.file=/etc/promtail/skald.yaml")
            .start();

        assertThat(awaitLines(server)).containsExactly("one", "two", "three");
      }
    }
  }

  private static List<String> awaitLines(RunningServer server) {
    long deadline = System.nanoTime() + MINUTE;
    List<String> lines = List.of();
    while (lines.size() < 3 && System.nanoTime() < deadline) {
      RunningServer.pause();
      long now = System.currentTimeMillis() * 1_000_000;
      lines =
          Lines.query(server.http(), "{job=\"files\"}", now - 5 * MINUTE, now + MINUTE).stream()
              .map(Lines.Line::text)
              .toList();
    }
    return lines;
  }
}
