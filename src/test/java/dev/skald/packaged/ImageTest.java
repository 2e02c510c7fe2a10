package dev.skald.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skald.testing.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The image's tree works as engines and Kubernetes run it: read-only, as user 10001, limited. */
final class ImageTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String[] CHART = {
    "-config.file=/etc/loki/config/config.yaml", "-target=all"
  };
  private static final int GRACE_SECONDS = 30;
  private static final long LIMIT = 300L << 20;
  private static final List<Path> MEMORY_GROUPS =
      List.of(Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup"));

  private static Image image;

  @BeforeAll
  static void make() throws Exception {
    image = Image.make();
    assumeTrue(Container.possible(image), "no name spaces of one's own on this machine");
  }

  /** The configuration that Loki's chart makes with its default values. */
  @BeforeEach
  void configure() throws Exception {
    Path config = image.root().resolve("etc/loki/config/config.yaml");
    Files.copy(
        Image.PROJECT.resolve("config/src/test/resources/wild/helm-6.yaml"),
        config,
        StandardCopyOption.REPLACE_EXISTING);
    Path runtime = image.root().resolve("etc/loki/runtime-config/runtime-config.yaml");
    Files.createDirectories(runtime.getParent());
    Files.writeString(runtime, "overrides: {}\n");
  }

  @Test
  void runsOnAReadOnlyRootAsAnotherUserAndStopsInTime() throws Exception {
    long now = System.currentTimeMillis() * 1_000_000;
    Map<String, String> labels = Map.of("app", Long.toString(now));
    String query = "{app=\"" + now + "\"}";
    try (Container container = Container.start(image, null, CHART)) {
      assertThat(container.http().push(Lines.push(labels, now, List.of("kept"))).status())
          .isEqualTo(204);

      assertThat(container.health(image)).isEqualTo("Skald is healthy");
      assertThat(container.proc("status")).contains("Uid:\t").contains("CapEff:\t0000000000000000");
      assertThat(container.proc("maps")).contains("/opt/skald/skald.aot");
      assertThat(container.terminate(GRACE_SECONDS)).isZero();
      assertThat(container.log()).contains("Skald stopped");
    }
    try (Container again = Container.start(image, null, CHART)) {
      assertThat(Lines.query(again.http(), query, now - SECOND, now + SECOND)).hasSize(1);
    }
  }

  @Test
  void takesHalfOfTheMemoryThatItsControlGroupAllows() throws Exception {
    Path group = makeGroup();
    try (Container container = Container.start(image, group, CHART)) {
      assertThat(heap(container)).isBetween((LIMIT >> 1) * 9 / 10, LIMIT >> 1);
      long now = System.currentTimeMillis() * 1_000_000;
      List<String> lines = Collections.nCopies(1000, "line ".repeat(200));
      for (int i = 0; i < 60; i++) {
        String push = Lines.push(Map.of("app", "load"), now + i * 1000, lines);
        assertThat(container.http().push(push).status()).isEqualTo(204);
      }

      assertThat(container.terminate(GRACE_SECONDS)).isZero();
    } finally {
      Files.deleteIfExists(group);
    }
  }

  private static long heap(Container container) {
    return container
        .http()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_max_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(" ") + 1)))
        .sum();
  }

  private static Path makeGroup() throws IOException {
    for (Path parent : MEMORY_GROUPS) {
      for (String limit : List.of("memory.limit_in_bytes", "memory.max")) {
        Path group = parent.resolve("skald-test-" + ProcessHandle.current().pid());
        if (!Files.isWritable(parent) || !Files.isWritable(parent.resolve("cgroup.procs"))) {
          continue;
        }
        Files.createDirectories(group);
        if (Files.isWritable(group.resolve(limit))) {
          Files.writeString(group.resolve(limit), Long.toString(LIMIT));
          return group;
        }
        Files.delete(group);
      }
    }
    return assumeNever("no control group of one's own on this machine");
  }

  private static Path assumeNever(String why) {
    assumeTrue(false, why);
    return null;
  }

  @Test
  void writesNothingBesideItsDataAndTmp() throws Exception {
    List<Path> before = files();
    try (Container container = Container.start(image, null, CHART)) {
      assertThat(container.terminate(GRACE_SECONDS)).isZero();
    }
    assertThat(files()).isEqualTo(before);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(image.home())) {
      return files.sorted().toList();
    }
  }
}
