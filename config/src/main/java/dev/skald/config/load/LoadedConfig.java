package dev.skald.config.load;

import dev.skald.config.Notice;
import dev.skald.config.SkaldConfig;
import java.util.List;

/**
 * What was read.
 *
 * @param settings every key with its value, for {@link ConfigPrinter} and {@link TenantOverrides}
 * @param source the file's name, or {@code built-in defaults}
 * @param notices to be logged, one line each
 */
public record LoadedConfig(
    SkaldConfig config, Settings settings, String source, List<Notice> notices) {
  public LoadedConfig {
    notices = List.copyOf(notices);
  }
}
