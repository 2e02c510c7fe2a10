package dev.skald.config.load;

import dev.skald.config.Notice;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the process was started with. Made by {@link FlagReader}.
 *
 * @param configFiles of which the first that exists is read; empty for the usual places
 * @param healthUrl what {@link Option#HEALTH} asks
 * @param assignments keys set by flags; they win over the file
 */
public record CommandLine(
    List<Path> configFiles,
    Set<Option> options,
    String healthUrl,
    List<Assignment> assignments,
    List<Notice> notices) {
  /** Switches that are no keys of the file. */
  public enum Option {
    EXPAND_ENV("config.expand-env"),
    VERIFY_CONFIG("verify-config"),
    PRINT_CONFIG("print-config-stderr"),
    LIST_TARGETS("list-targets"),
    HEALTH("health"),
    VERSION("version"),
    HELP("help"),
    /** Accepted; Skald logs no config. */
    LOG_REVERSED("log-config-reverse-order"),
    /** Accepted; Skald has one mode. */
    LEGACY_READ_MODE("legacy-read-mode");

    private final String flag;

    Option(String flag) {
      this.flag = flag;
    }

    String flag() {
      return flag;
    }
  }

  /** A key and the value that a flag gives it. */
  public record Assignment(List<String> path, Object value) {}

  public CommandLine {
    configFiles = List.copyOf(configFiles);
    options = Set.copyOf(options);
    assignments = List.copyOf(assignments);
    notices = List.copyOf(notices);
  }

  /** A start without a word. */
  public static CommandLine empty() {
    return new CommandLine(List.of(), Set.of(), "", List.of(), List.of());
  }

  public boolean has(Option option) {
    return options.contains(option);
  }
}
