package dev.skald.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tree of files as {@code docker/Dockerfile} makes one, from the archive that the build has made:
 * Skald with a runtime of its own and what it remembers of a rehearsal, and of the system's
 * programs only those that the launcher uses. It is made once for each archive.
 */
final class Image {
  static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> PROGRAMS =
      List.of("bash", "env", "readlink", "dirname", "sed", "sort", "head", "cmp", "setpriv");
  private static final Path TARGET = PROJECT.resolve("server/target");

  private final Path root;

  private Image(Path root) {
    this.root = root;
  }

  /** Returns the tree; takes half a minute where it has to be made. */
  static Image make() throws IOException, InterruptedException {
    Path archive = archive();
    Path root = TARGET.resolve("image");
    Path made = root.resolve("opt/skald/skald.aot");
    if (!Files.exists(made) || modified(made).compareTo(modified(archive)) < 0) {
      Shell.expectSuccess(TARGET, "rm", "-rf", root.toString());
      fill(root, archive);
    }
    return new Image(root);
  }

  private static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("skald-.*\\.tar\\.gz"))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("no archive in " + TARGET + "; mvn verify makes one"));
    }
  }

  private static void fill(Path root, Path archive) throws IOException, InterruptedException {
    Path home = Files.createDirectories(root.resolve("opt/skald"));
    String to = home.toString();
    Shell.expectSuccess(TARGET, "tar", "xzf", archive.toString(), "--strip-components=1", "-C", to);
    Path runtime = home.resolve("runtime");
    Shell.expectSuccess(PROJECT, "docker/make-runtime", runtime.toString());
    for (String directory : List.of("usr/bin", "usr/lib", "usr/lib64", "proc", "dev", "sys")) {
      Files.createDirectories(root.resolve(directory));
    }
    for (String link : List.of("bin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
    }
    for (String program : PROGRAMS) {
      Path from = Path.of("/usr/bin", program).toRealPath();
      Path copy = root.resolve("usr/bin").resolve(program);
      Files.copy(from, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createSymbolicLink(root.resolve("usr/bin/loki"), Path.of("/opt/skald/bin/skald"));
    for (String directory : List.of("tmp", "var/loki", "etc/loki/config", "etc/loki/rules")) {
      Files.createDirectories(root.resolve(directory));
    }
    Shell.expectSuccess(root, to + "/bin/skald", "-version");
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The upper directory of the tree. */
  Path root() {
    return root;
  }

  /** Where the archive was unpacked. */
  Path home() {
    return root.resolve("opt/skald");
  }
}
