package dev.skald.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The files with limits of single tenants, read again and again ({@code runtime_config}).
 *
 * @param files merged from left to right; empty for none
 */
public record RuntimeConfig(List<Path> files, Duration period) {
  public RuntimeConfig {
    files = List.copyOf(files);
    Check.positive(period, "runtime_config.period");
  }

  public static RuntimeConfig defaults() {
    return new RuntimeConfig(List.of(), Duration.ofSeconds(10));
  }
}
