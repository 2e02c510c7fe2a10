package dev.skald.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server with its segments in MinIO; {@code MinioStoreTest} has the store's contract. */
final class MinioContainerTest {
  private static final int PORT = 9000;
  private static final String SECRET = "not-a-secret";
  private static final long TIME = 1_795_132_800_000_000_000L;

  @TempDir Path first;
  @TempDir Path second;

  @BeforeAll
  static void requireEngine() {
    Engine.require();
  }

  @Test
  void aServerWithAnEmptyDirectoryFindsWhatAnotherHasStored() throws Exception {
    try (GenericContainer<?> minio = minio()) {
      minio.start();
      // A directory is a bucket.
      minio.execInContainer("mkdir", "/data/skald");
      try (RunningServer server = server(first, minio)) {
        server.http().push(Lines.push(Map.of("app", "a"), TIME, List.of("one", "two")));
      }

      try (RunningServer server = server(second, minio)) {
        assertThat(Lines.query(server.http(), "{app=\"a\"}", TIME, TIME + 10)).hasSize(2);
      }
    }
  }

  private static GenericContainer<?> minio() throws IOException {
    return Engine.container("minio", PORT)
        .withEnv("MINIO_ROOT_USER", "skald")
        .withEnv("MINIO_ROOT_PASSWORD", SECRET)
        .withCommand("server", "/data")
        .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
  }

  /** With the keys of docker/minio.yaml. */
  private static RunningServer server(Path directory, GenericContainer<?> minio)
      throws IOException {
    String endpoint = minio.getHost() + ":" + minio.getMappedPort(PORT);
    String yaml =
        Engine.file("minio.yaml", 0)
                .replace("minio:9000", endpoint)
                .replace("/var/loki", directory.toString())
                .replace("${MINIO_USER}", "skald")
                .replace("${MINIO_PASSWORD}", SECRET)
                .replace("limits_config: {", "limits_config: {reject_old_samples: false, ")
            + "server: {http_listen_address: 127.0.0.1, http_listen_port: 0, log_level: warn}\n";
    return RunningServer.configured(directory, yaml, Clock.systemUTC());
  }
}
