package dev.skald.config.load;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration is read in.
 *
 * @param directory against which file names are resolved
 * @param environment for {@code -config.expand-env}
 * @param processors cores, for sizes that nobody set
 */
public record Surroundings(Path directory, Map<String, String> environment, int processors) {
  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        Path.of(""), System.getenv(), Runtime.getRuntime().availableProcessors());
  }
}
