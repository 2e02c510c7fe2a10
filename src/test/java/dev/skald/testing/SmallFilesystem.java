package dev.skald.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of some megabytes in memory, where this process may mount one. */
public final class SmallFilesystem implements AutoCloseable {
  private final Path directory;

  private SmallFilesystem(Path directory) {
    this.directory = directory;
  }

  /** Returns an empty file system, or nothing where none can be mounted. */
  public static Optional<SmallFilesystem> mount(Path directory, int megabytes) {
    String size = "size=" + megabytes + "m";
    return run("mount", "-t", "tmpfs", "-o", size, "skald-test", directory.toString())
        ? Optional.of(new SmallFilesystem(directory))
        : Optional.empty();
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public Path directory() {
    return directory;
  }

  /** Fills it with a file, to the last byte or to so many. */
  public void fill(String file, int mostBytes) {
    byte[] zeros = new byte[1 << 12];
    try (OutputStream out = Files.newOutputStream(directory.resolve(file))) {
      for (int written = 0; written < mostBytes; written += zeros.length) {
        out.write(zeros);
      }
    } catch (IOException full) {
      // That is all there is.
    }
  }

  public void remove(String file) throws IOException {
    Files.delete(directory.resolve(file));
  }

  @Override
  public void close() {
    run("umount", "--lazy", directory.toString());
  }
}
