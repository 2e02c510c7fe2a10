package dev.skald.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial goes from training to a plot and an alert, from an unpacked archive. */
final class TutorialTest {
  @TempDir Path directory;

  @Test
  void plotsTheLossAndSeesTheAlertArrive() throws Exception {
    Path home = Image.make().home();
    Path data = directory.resolve("data");
    Map<String, String> ports = Map.of("SKALD_PORT", freePort(), "ALERT_PORT", freePort());
    List<String> command = List.of("docs/tutorial/run", data.toString());

    Shell.Outcome outcome = Shell.run(home, ports, command);

    assertThat(outcome.status()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains("  0.00 |")
        .contains("59520")
        .contains("\"state\":\"firing\"")
        .contains("\"alertname\":\"TrainingFails\"")
        .contains("That is all.");
    assertThat(Files.readAllLines(data.resolve("loss.txt"))).hasSize(94);
    assertThat(Files.readString(data.resolve("loss.svg"))).startsWith("<svg").endsWith("</svg>\n");
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
