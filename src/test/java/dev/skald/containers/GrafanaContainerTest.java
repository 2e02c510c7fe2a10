package dev.skald.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** A Grafana that is provisioned with docker/grafana. */
final class GrafanaContainerTest {
  private static final int PORT = 3000;
  private static final String SOURCES = "/etc/grafana/provisioning/datasources/skald.yaml";
  private static final String PROVIDERS = "/etc/grafana/provisioning/dashboards/skald.yaml";

  @TempDir Path directory;

  @BeforeAll
  static void requireEngine() {
    Engine.require();
  }

  @Test
  void theDataSourceIsHealthyAndTheDashboardsAreThere() throws Exception {
    try (RunningServer server = RunningServer.start(directory)) {
      Testcontainers.exposeHostPorts(server.port());
      try (GenericContainer<?> grafana = grafana(server.port())) {
        grafana.start();
        Http http = new Http(Engine.address(grafana, PORT));

        Http.Reply health = http.get("/api/datasources/uid/skald/health");
        assertThat(health.status()).as(health.text()).isEqualTo(200);
        assertThat(health.json().get("status").asText()).isEqualTo("OK");
        assertThat(http.get("/api/dashboards/uid/skald-training").status()).isEqualTo(200);
        assertThat(http.get("/api/dashboards/uid/skald-server").status()).isEqualTo(200);
      }
    }
  }

  private static GenericContainer<?> grafana(int skaldPort) throws Exception {
    String sources = Engine.file("grafana/provisioning/datasources/skald.yaml", skaldPort);
    String providers = Engine.file("grafana/provisioning/dashboards/skald.yaml", skaldPort);
    return Engine.container("grafana", PORT)
        .withEnv("GF_AUTH_ANONYMOUS_ENABLED", "true")
        .withEnv("GF_AUTH_ANONYMOUS_ORG_ROLE", "Admin")
        .withCopyToContainer(Transferable.of(sources), SOURCES)
        .withCopyToContainer(Transferable.of(providers), PROVIDERS)
        .withCopyToContainer(
            MountableFile.forHostPath(Engine.DOCKER.resolve("grafana/dashboards")),
            "/etc/grafana/dashboards")
        .waitingFor(Wait.forHttp("/api/health").forPort(PORT));
  }
}
