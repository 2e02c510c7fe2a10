package dev.skald.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docker/Dockerfile copies what is there, and starts what charts start; {@code ImageTest} runs it.
 */
final class DockerfileTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static List<String> instructions(String name) throws IOException {
    return Files.readString(ROOT.resolve("docker/Dockerfile"))
        .replace("\\\n", "")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  @Test
  void copiesFilesThatAreThere() throws IOException {
    assertThat(instructions("COPY"))
        .hasSize(3)
        .allMatch(
            copy -> copy.startsWith("--from=") || Files.exists(ROOT.resolve(copy.split(" ")[0])));
  }

  @Test
  void startsAsLokisImageDoes() throws IOException {
    assertThat(instructions("USER")).containsExactly("10001:10001");
    assertThat(instructions("ENTRYPOINT")).containsExactly("[\"/usr/bin/loki\"]");
    assertThat(instructions("VOLUME")).containsExactly("/var/loki");
    assertThat(instructions("FROM"))
        .hasSize(2)
        .allMatch(image -> image.matches("[a-z]+:[\\w.-]+( AS build)?"));
  }

  @Test
  void usesProgramsAndFilesOfTheArchive() throws IOException {
    String run = String.join("\n", instructions("RUN"));

    assertThat(run).contains("docker/make-runtime").contains("/opt/skald/bin/skald -version");
    assertThat(ROOT.resolve("docker/make-runtime")).isExecutable();
  }
}
