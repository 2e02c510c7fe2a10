package dev.skald.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * docker/compose.yaml says nothing that Compose does not know, and names nothing that is not there.
 */
final class ComposeTest {
  private static final Path DOCKER = Path.of("").toAbsolutePath().getParent().resolve("docker");
  private static final Set<String> TOP = Set.of("name", "services", "volumes");
  private static final Set<String> SERVICE =
      Set.of(
          "image",
          "build",
          "command",
          "entrypoint",
          "environment",
          "ports",
          "read_only",
          "tmpfs",
          "mem_limit",
          "cap_drop",
          "security_opt",
          "stop_grace_period",
          "restart",
          "volumes",
          "depends_on",
          "profiles");

  private static JsonNode compose() throws IOException {
    return Yaml.document(DOCKER.resolve("compose.yaml"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void hasOnlyKeysThatComposeHas() throws IOException {
    assertThat(TOP).containsAll(names(compose()));
    for (JsonNode service : compose().get("services")) {
      assertThat(SERVICE).containsAll(names(service));
    }
  }

  @Test
  void namesImagesWithoutARegistryAndWithATag() throws IOException {
    for (JsonNode service : compose().get("services")) {
      assertThat(service.get("image").asText()).matches("skald|[a-z]+/[a-z]+:[vA-Z0-9][\\w.-]+");
    }
  }

  @Test
  void mountsFilesThatAreThereAndVolumesThatAreDeclared() throws IOException {
    List<String> volumes = names(compose().get("volumes"));
    for (JsonNode service : compose().get("services")) {
      for (JsonNode mount : service.path("volumes")) {
        String from = mount.asText().split(":")[0];
        if (from.startsWith(".")) {
          assertThat(DOCKER.resolve(from)).exists();
        } else if (!from.startsWith("/")) {
          assertThat(volumes).contains(from);
        }
      }
      service.path("depends_on").forEach(s -> assertThat(servicesOf()).contains(s.asText()));
    }
  }

  private static List<String> servicesOf() {
    try {
      return names(compose().get("services"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyAddressInAConfigurationIsAService() throws IOException {
    for (String file :
        List.of(
            "promtail.yaml", "prometheus.yaml", "grafana/provisioning/datasources/skald.yaml")) {
      List<String> addresses = new ArrayList<>();
      collect(Yaml.document(DOCKER.resolve(file)), addresses);
      assertThat(addresses).as(file).isNotEmpty().allMatch(servicesOf()::contains);
    }
  }

  private static void collect(JsonNode node, List<String> addresses) {
    if (node.isTextual() && node.asText().matches("(http://)?[a-z]+:\\d+(/.*)?")) {
      addresses.add(node.asText().replaceFirst("^http://", "").replaceFirst(":.*", ""));
    }
    node.forEach(child -> collect(child, addresses));
  }
}
