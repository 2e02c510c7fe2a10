package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.FlagReader;
import dev.skald.config.load.LoadedConfig;
import dev.skald.config.load.Surroundings;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
  @TempDir Path directory;

  @Test
  void pushesAsksAndStopsWithinTheDirectoriesThatItWasGiven() throws Exception {
    Path config = directory.resolve("config.yaml");
    Files.writeString(config, RunningServer.config(directory, 0, ""));
    LoadedConfig loaded =
        ConfigLoader.load(
            FlagReader.read(List.of("-config.file=" + config)), Surroundings.ofProcess());
    Rehearsal.run(loaded, Clock.systemUTC());
    assertThat(files()).anyMatch(name -> name.endsWith(".seg"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
      return files.map(Path::toString).toList();
    }
  }
}
