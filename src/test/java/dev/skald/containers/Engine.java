package dev.skald.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The engine that runs containers, and the images that docker/compose.yaml names. */
final class Engine {
  static final Path DOCKER = Path.of("").toAbsolutePath().getParent().resolve("docker");
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private Engine() {}

  /** Skips the test where there is no engine; the library alone would look in many places. */
  static void require() {
    assumeTrue(
        Files.exists(SOCKET) || System.getenv("DOCKER_HOST") != null,
        "no engine that runs containers");
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no engine answers");
  }

  /**
   * Returns a container that is to be started.
   *
   * @param service its name in docker/compose.yaml
   */
  static GenericContainer<?> container(String service, int port) throws IOException {
    JsonNode compose = Yaml.document(DOCKER.resolve("compose.yaml"));
    String image = compose.at("/services/" + service + "/image").asText();
    return new GenericContainer<>(DockerImageName.parse(image))
        .withExposedPorts(port)
        .withAccessToHost(true);
  }

  /** The address of a port of a container, as the tests reach it. */
  static String address(GenericContainer<?> container, int port) {
    return "http://" + container.getHost() + ":" + container.getMappedPort(port);
  }

  /** A file of docker/ with another address of Skald. */
  static String file(String name, int skaldPort) throws IOException {
    return Files.readString(DOCKER.resolve(name))
        .replace("http://skald:3100", "http://host.testcontainers.internal:" + skaldPort);
  }
}
