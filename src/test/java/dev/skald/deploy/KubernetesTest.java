package dev.skald.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.config.load.CommandLine;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.Surroundings;
import dev.skald.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of docker/kubernetes are what Kubernetes takes, and fit together. */
final class KubernetesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path KUBERNETES = ROOT.resolve("docker/kubernetes");
  private static final String NAME = "/metadata/labels/app.kubernetes.io~1name";

  @TempDir Path directory;

  private static List<JsonNode> resources() throws IOException {
    List<JsonNode> resources = new ArrayList<>();
    for (JsonNode file : kustomization().get("resources")) {
      resources.addAll(Yaml.documents(KUBERNETES.resolve(file.asText())));
    }
    return resources;
  }

  private static JsonNode kustomization() throws IOException {
    return Yaml.document(KUBERNETES.resolve("kustomization.yaml"));
  }

  private static JsonNode resource(String kind) throws IOException {
    return resources().stream()
        .filter(r -> r.get("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyManifestHasTheFieldsOfTheApiAndNoOthers() throws IOException {
    for (JsonNode resource : resources()) {
      Manifests.check(resource.toString());
    }
  }

  @Test
  void theCheckKnowsDeepMistakes() throws IOException {
    String good = resource("StatefulSet").toString();

    assertThatThrownBy(
            () -> Manifests.check(good.replace("readOnlyRootFilesystem", "readOnlyRoot")))
        .hasMessageContaining("readOnlyRoot");
    assertThatThrownBy(() -> Manifests.check(good.replace("\"serviceName\"", "\"serviceNane\"")))
        .hasMessageContaining("serviceNane");
    assertThatThrownBy(() -> Manifests.check(good.replace("\"mountPath\"", "\"mount\"")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everythingThatIsNamedIsThere() throws IOException {
    JsonNode set = resource("StatefulSet");
    JsonNode pod = set.at("/spec/template/spec");
    List<String> volumes = new ArrayList<>();
    pod.get("volumes").forEach(v -> volumes.add(v.get("name").asText()));
    set.at("/spec/volumeClaimTemplates").forEach(v -> volumes.add(v.at("/metadata/name").asText()));
    for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
      assertThat(volumes).contains(mount.get("name").asText());
    }
    List<String> maps = new ArrayList<>();
    for (JsonNode map : kustomization().get("configMapGenerator")) {
      maps.add(map.get("name").asText());
      map.get("files").forEach(f -> assertThat(KUBERNETES.resolve(f.asText())).exists());
    }
    pod.get("volumes").findValues("configMap").forEach(m -> maps.remove(m.get("name").asText()));
    assertThat(maps).isEmpty();
    assertThat(set.at("/spec/selector/matchLabels"))
        .isEqualTo(set.at("/spec/template/metadata/labels"))
        .isEqualTo(resource("PodDisruptionBudget").at("/spec/selector/matchLabels"))
        .isEqualTo(resource("Service").at("/spec/selector"));
    assertThat(resources())
        .filteredOn(r -> r.get("kind").asText().equals("Service"))
        .anyMatch(r -> r.at("/metadata/name").equals(set.at("/spec/serviceName")));
    assertThat(set.at(NAME).asText()).isEqualTo("skald");
  }

  @Test
  void theServerTakesItsConfigurationAndNoNoticeIsAWarning() throws IOException {
    for (String file : List.of("kubernetes/config.yaml", "local-config.yaml", "minio.yaml")) {
      String yaml = Files.readString(ROOT.resolve("docker").resolve(file));
      Surroundings surroundings = new Surroundings(directory, Map.of(), 2);

      assertThat(ConfigLoader.parse(file, yaml, CommandLine.empty(), surroundings).notices())
          .noneMatch(notice -> notice.warning());
    }
  }

  @Test
  void kustomizeBuildsWhatTheApiTakes() throws Exception {
    Path out = directory.resolve("built.yaml");
    assumeTrue(kustomize(out), "no kubectl here");

    List<JsonNode> built = Yaml.documents(out);

    for (JsonNode resource : built) {
      Manifests.check(resource.toString());
    }
    assertThat(built)
        .hasSize(resources().size() + kustomization().get("configMapGenerator").size());
    assertThat(Files.readString(out)).contains("name: loki-rules-").contains("image: skald:latest");
  }

  private static boolean kustomize(Path out) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("kubectl", "kustomize", KUBERNETES.toString())
              .redirectOutput(out.toFile())
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
