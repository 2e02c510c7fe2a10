package dev.skald.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A package of Debian, unpacked below {@code target/debian} without being installed, so that no
 * rights are needed. It is downloaded once, with the machine's own apt. Where there is none, or no
 * network, the test that wants it is skipped.
 */
final class DebianPackage {
  private static final Path PLACE = Path.of("target/debian").toAbsolutePath();
  private static final long MOST_SECONDS = 180;

  private DebianPackage() {}

  /** Returns the directory that stands for {@code /}. */
  static Path unpacked(String name) {
    Path root = PLACE.resolve(name);
    Path ready = root.resolve("unpacked");
    try {
      if (!Files.exists(ready)) {
        Files.createDirectories(root);
        run(root, "dpkg", "-x", download(name, root).toString(), root.toString());
        Files.createFile(ready);
      }
      return root;
    } catch (IOException e) {
      return Assumptions.abort(
          "the package " + name + " cannot be had on this machine: " + e.getMessage());
    }
  }

  /** The lists of packages may be missing: then they are fetched into a place of this test's. */
  private static Path download(String name, Path root) throws IOException {
    try {
      run(root, "apt-get", "-q", "download", name);
    } catch (IOException withoutLists) {
      Path apt = Files.createDirectories(PLACE.resolve("apt"));
      Files.createDirectories(apt.resolve("lists/partial"));
      Files.createDirectories(apt.resolve("cache/archives/partial"));
      List<String> own =
          List.of(
              "apt-get",
              "-q",
              "-o",
              "Dir::State::Lists=" + apt.resolve("lists"),
              "-o",
              "Dir::Cache=" + apt.resolve("cache"),
              "-o",
              "Debug::NoLocking=1");
      run(root, with(own, "update"));
      run(root, with(own, "download", name));
    }
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(file -> file.toString().endsWith(".deb"))
          .findFirst()
          .orElseThrow(() -> new IOException("apt-get has left no package"));
    }
  }

  private static String[] with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static void run(Path directory, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", command) + " failed: " + Files.readString(directory.resolve("log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
