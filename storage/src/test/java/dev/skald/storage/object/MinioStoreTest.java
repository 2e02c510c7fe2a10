package dev.skald.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skald.config.S3Config;
import dev.skald.storage.testing.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The contract with MinIO, where there is an engine to run it. */
final class MinioStoreTest extends ObjectStoreContract {
  private static final int PORT = 9000;
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private static GenericContainer<?> minio;
  private static int buckets;

  private S3Store opened;

  @BeforeAll
  static void start() {
    // The library looks for an engine in many places, one after the other; this takes no time.
    assumeTrue(
        Files.exists(SOCKET) || System.getenv("DOCKER_HOST") != null,
        "no engine that runs containers");
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no engine answers");
    minio =
        new GenericContainer<>(DockerImageName.parse("minio/minio:latest"))
            .withEnv("MINIO_ROOT_USER", S3Endpoint.KEY_ID)
            .withEnv("MINIO_ROOT_PASSWORD", S3Endpoint.SECRET)
            .withCommand("server", "/data")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
    minio.start();
  }

  @AfterAll
  static void stop() {
    if (minio != null) {
      minio.stop();
    }
  }

  @BeforeEach
  void openOnAnEmptyBucket() throws Exception {
    String bucket = "bucket-" + buckets++;
    minio.execInContainer("mkdir", "/data/" + bucket);
    S3Config config = S3Endpoint.config(minio.getMappedPort(PORT), bucket);
    opened = S3Store.open(config, ObjectStoreListener.NONE);
    store = opened;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void refusesToWriteTwice() throws IOException {
    opened.checkReads();
    opened.checkWrites();
    opened.checkWrites();
    assertThat(opened.list("")).containsExactly(S3Store.PROBE);
  }
}
