package dev.skald.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The archive has all that Skald's own code needs. */
final class ArchiveTest {
  private static final List<String> MODULES =
      List.of(
          "logql", "config", "storage", "ingester", "distributor", "querier", "ruler", "server");

  @Test
  void everyClassThatItsOwnJarsUseIsInTheArchive() throws Exception {
    Path lib = Image.make().home().resolve("lib");
    String jdk = Shell.expectSuccess(Image.PROJECT, "bin/find-jdk").strip();
    List<String> command = new ArrayList<>(List.of(jdk + "/bin/jdeps", "--missing-deps"));
    command.addAll(List.of("--multi-release", "25", "--class-path", lib + "/*"));
    command.addAll(ownJars(lib));

    String missing = Shell.expectSuccess(lib, command.toArray(String[]::new));

    assertThat(missing.lines().filter(line -> line.contains("not found"))).isEmpty();
  }

  private static List<String> ownJars(Path lib) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      List<String> own =
          jars.map(jar -> jar.getFileName().toString())
              .filter(jar -> MODULES.contains(jar.replaceFirst("(-\\d.*)?\\.jar$", "")))
              .toList();
      assertThat(own).hasSameSizeAs(MODULES);
      return own;
    }
  }

  @Test
  void theLauncherWorksThroughALinkAndWithoutMaven() throws Exception {
    Image image = Image.make();
    Path link = image.root().resolve("usr/bin/loki");

    assertThat(Files.readSymbolicLink(link)).hasToString("/opt/skald/bin/skald");
    assertThat(Shell.expectSuccess(image.root(), image.home() + "/bin/skald", "-version"))
        .contains("skald, version");
  }
}
