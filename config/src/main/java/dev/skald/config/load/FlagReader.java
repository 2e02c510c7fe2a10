package dev.skald.config.load;

import dev.skald.config.ConfigException;
import dev.skald.config.keys.Key;
import dev.skald.config.keys.RootKeys;
import dev.skald.config.keys.Scalar;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import dev.skald.config.keys.Use;
import dev.skald.config.load.CommandLine.Assignment;
import dev.skald.config.load.CommandLine.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads flags as Go's flag package does: one dash or two, {@code -f v} or {@code -f=v}; a boolean
 * takes its value only after an equals sign (config-and-clients.md §1.2).
 */
public final class FlagReader {
  private static final String FILE = "command line";
  private static final FlagNames NAMES = new FlagNames();
  private static final String HINT = "\nRun with -help to get list of available parameters";
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
  private static final Set<String> PLAIN =
      Set.of(
          "target",
          "auth.enabled",
          "server.http-listen-port",
          "server.http-listen-address",
          "server.grpc-listen-port",
          "server.path-prefix",
          "log.level",
          "log.format",
          "runtime-config.file",
          "runtime-config.reload-period",
          "shutdown-delay");

  private final Findings findings = new Findings(FILE);
  private final List<Path> files = new ArrayList<>();
  private final Set<Option> options = EnumSet.noneOf(Option.class);
  private final List<Assignment> assignments = new ArrayList<>();
  private String healthUrl = "http://localhost:3100/ready";

  private FlagReader() {}

  /**
   * @throws ConfigException with exit code 2 and all bad flags
   */
  public static CommandLine read(List<String> arguments) {
    FlagReader reader = new FlagReader();
    reader.readAll(arguments);
    if (!reader.findings.clean()) {
      throw new ConfigException("", reader.findings.problems(), HINT, 2);
    }
    return new CommandLine(
        reader.files,
        reader.options,
        reader.healthUrl,
        reader.assignments,
        reader.findings.notices());
  }

  /** The text of {@code -help}: every flag with its default. */
  public static String usage() {
    StringBuilder text = new StringBuilder("Usage of skald:\n");
    text.append("  -config.file string\n    \tconfig.yaml,config/config.yaml\n");
    for (Option option : Option.values()) {
      text.append("  -").append(option.flag()).append('\n');
    }
    NAMES
        .all()
        .forEach(
            (flag, path) -> {
              Key key = key(path);
              text.append("  -").append(flag);
              if (key.shape() instanceof Scalar scalar && key.initial() != null) {
                String initial = String.valueOf(scalar.print(key.initial()));
                text.append(' ').append(scalar.goName());
                text.append(initial.isEmpty() ? "" : "\n    \tdefault " + initial);
              }
              text.append(key.use() == Use.USED ? "\n" : "\n    \tno effect in Skald\n");
            });
    return text.toString();
  }

  private void readAll(List<String> arguments) {
    int at = 0;
    while (at < arguments.size()) {
      String argument = arguments.get(at++);
      if (argument.length() < 2 || argument.charAt(0) != '-') {
        findings.problem(0, "unexpected argument: " + argument);
        continue;
      }
      String flag = argument.substring(argument.startsWith("--") ? 2 : 1);
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      String value = equals < 0 ? null : flag.substring(equals + 1);
      if (value == null && wantsValue(name)) {
        if (at == arguments.size()) {
          findings.problem(0, "flag needs an argument: -" + name);
          continue;
        }
        value = arguments.get(at++);
      }
      readFlag(name, value == null ? "true" : value);
    }
  }

  private void readFlag(String name, String value) {
    Optional<Option> option = option(name);
    if (option.isPresent()) {
      readOption(option.get(), name, value);
    } else if (name.equals("config.file")) {
      files.clear();
      Arrays.stream(value.split(","))
          .filter(file -> !file.isBlank())
          .forEach(file -> files.add(Path.of(file.strip())));
    } else if (name.equals("health.url")) {
      healthUrl = value;
    } else {
      NAMES
          .path(name)
          .ifPresentOrElse(
              path -> assign(name, path, value),
              () -> findings.problem(0, "flag provided but not defined: -" + name));
    }
  }

  private void readOption(Option option, String name, String value) {
    if (TRUE.contains(value)) {
      options.add(option);
    } else if (FALSE.contains(value)) {
      options.remove(option);
    } else {
      findings.problem(0, "invalid boolean value \"" + value + "\" for -" + name + ": parse error");
    }
  }

  private void assign(String flag, List<String> path, String value) {
    Key key = key(path);
    String name = String.join(".", path);
    try {
      Object parsed = parse(key, path, value);
      String complaint = key.complaint(parsed);
      if (!complaint.isEmpty()) {
        throw new IllegalArgumentException(complaint);
      }
      assignments.add(new Assignment(path, parsed));
    } catch (IllegalArgumentException e) {
      boolean secret = key.shape() == Scalar.SECRET || key.shape() == Scalar.URL;
      String why =
          e.getMessage() == null || e.getMessage().isEmpty() ? "parse error" : e.getMessage();
      findings.problem(
          0,
          "invalid value \"%s\" for flag -%s: %s"
              .formatted(secret ? "********" : value, flag, why));
    }
    if (key.use() != Use.USED) {
      findings.notice(0, "-" + flag, "(" + name + ") has no effect in Skald");
    } else if (!PLAIN.contains(flag)) {
      findings.notice(0, "-" + flag, "sets " + name);
    }
  }

  /** A list grows with every use of its flag. */
  private Object parse(Key key, List<String> path, String value) {
    if (key.shape() instanceof Scalar scalar) {
      return scalar == Scalar.BOOL ? bool(value) : scalar.parse(value, false);
    }
    List<Object> grown = new ArrayList<>();
    for (Assignment earlier : assignments) {
      if (earlier.path().equals(path)) {
        grown.clear();
        grown.addAll((List<?>) earlier.value());
      }
    }
    grown.addAll(List.of(value.split(",")));
    return List.copyOf(grown);
  }

  private boolean wantsValue(String name) {
    return option(name).isEmpty()
        && NAMES.path(name).map(path -> key(path).shape() != Scalar.BOOL).orElse(isOwn(name));
  }

  private static boolean isOwn(String name) {
    return name.equals("config.file") || name.equals("health.url");
  }

  private static Optional<Option> option(String name) {
    if (name.equals("h")) {
      return Optional.of(Option.HELP);
    }
    return Arrays.stream(Option.values()).filter(o -> o.flag().equals(name)).findFirst();
  }

  private static Boolean bool(String value) {
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw new IllegalArgumentException("parse error");
    }
    return TRUE.contains(value);
  }

  private static Key key(List<String> path) {
    Section section = RootKeys.ROOT;
    for (String name : path.subList(0, path.size() - 1)) {
      section = ((Shape.Block) section.key(name).orElseThrow().shape()).section();
    }
    return section.key(path.getLast()).orElseThrow();
  }
}
