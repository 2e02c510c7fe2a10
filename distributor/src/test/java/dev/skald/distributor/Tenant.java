package dev.skald.distributor;

import dev.skald.config.Limits;
import dev.skald.config.load.CommandLine;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.Surroundings;
import java.nio.file.Path;
import java.util.Map;

/** Limits as an operator writes them, one line for each that is not as usual. */
final class Tenant {
  private Tenant() {}

  static Limits limits(String... lines) {
    StringBuilder yaml = new StringBuilder("auth_enabled: true\nlimits_config:\n");
    yaml.append("  volume_enabled: true\n");
    for (String line : lines) {
      yaml.append("  ").append(line).append('\n');
    }
    Surroundings surroundings = new Surroundings(Path.of("nowhere"), Map.of(), 1);
    return ConfigLoader.parse("limits.yaml", yaml.toString(), CommandLine.empty(), surroundings)
        .config()
        .limits();
  }
}
