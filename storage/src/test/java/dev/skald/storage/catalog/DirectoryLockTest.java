package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
  @TempDir Path directory;

  /** Tries to take the lock of a directory; run in a process of its own. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) throws IOException {
      DirectoryLock.take(Path.of(arguments[0])).close();
    }
  }

  private boolean anotherProcessGetsIt() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }

  @Test
  void aSecondAttemptInTheSameProcessDoesNotLetGoOfTheLock() throws Exception {
    Path other =
        Files.createSymbolicLink(
            directory.resolveSibling(directory.getFileName() + "-l"), directory);
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      assertThat(lock).isNotNull();
      for (Path path : new Path[] {directory, directory.resolve("."), other}) {
        assertThatThrownBy(() -> DirectoryLock.take(path)).hasMessageContaining("is in use");
      }
      assertThat(anotherProcessGetsIt()).isFalse();
    } finally {
      Files.delete(other);
    }
    assertThat(anotherProcessGetsIt()).isTrue();
  }

  @Test
  void canBeTakenAgainOnceItIsClosedEvenIfThatHappensTwice() throws IOException {
    DirectoryLock first = DirectoryLock.take(directory);
    first.close();
    DirectoryLock second = DirectoryLock.take(directory);
    first.close();
    assertThatThrownBy(() -> DirectoryLock.take(directory)).hasMessageContaining("is in use");
    second.close();
  }
}
