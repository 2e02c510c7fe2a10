package dev.skald.config.load;

import dev.skald.config.CompactorConfig;
import dev.skald.config.ConfigException;
import dev.skald.config.DistributorConfig;
import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.config.Notice;
import dev.skald.config.PatternConfig;
import dev.skald.config.Problem;
import dev.skald.config.QuerierConfig;
import dev.skald.config.RulerConfig;
import dev.skald.config.RuntimeConfig;
import dev.skald.config.ServerConfig;
import dev.skald.config.SkaldConfig;
import dev.skald.config.StorageConfig;
import dev.skald.config.keys.RootKeys;
import dev.skald.config.load.CommandLine.Assignment;
import dev.skald.config.load.CommandLine.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the configuration: flags win over the file, the file over what {@code common} implies, that
 * over the table's defaults (config-and-clients.md §1.1).
 */
public final class ConfigLoader {
  private static final List<Path> USUAL =
      List.of(Path.of("config.yaml"), Path.of("config/config.yaml"));
  private static final String BUILT_IN = "built-in defaults";
  private static final String EXPAND_HINT =
      ". Use `-config.expand-env=true` flag if you want to expand environment variables in your"
          + " config file";

  private ConfigLoader() {}

  /**
   * Reads the first file that exists. Where none was asked for and none is there, Skald starts with
   * its own: one tenant, port 3100, everything under {@code ./data}.
   *
   * @throws ConfigException with every problem found
   */
  public static LoadedConfig load(CommandLine commandLine, Surroundings surroundings) {
    boolean asked = !commandLine.configFiles().isEmpty();
    List<Path> candidates = asked ? commandLine.configFiles() : USUAL;
    for (Path candidate : candidates) {
      Path file = surroundings.directory().resolve(candidate);
      if (Files.isRegularFile(file)) {
        return parse(candidate.toString(), text(candidate, file), commandLine, surroundings);
      }
    }
    if (!asked) {
      return parse(BUILT_IN, builtIn(), commandLine, surroundings);
    }
    String names = candidates.stream().map(Path::toString).collect(Collectors.joining(","));
    throw failure(names, names + " does not exist, set config.file for custom config path");
  }

  /**
   * Reads a text.
   *
   * @param name of the file in messages
   * @throws ConfigException with every problem found
   */
  public static LoadedConfig parse(
      String name, String text, CommandLine commandLine, Surroundings surroundings) {
    Findings findings = new Findings(name);
    Settings root = Settings.empty(RootKeys.ROOT);
    boolean expand = commandLine.has(Option.EXPAND_ENV);
    String heading = "failed parsing config: " + name + ": yaml: unmarshal errors:";
    String expanded = expand ? expanded(name, text, surroundings) : text;
    new NodeReader(findings).fill(root, Yaml.parse(expanded, findings));
    findings.throwIfAny(heading, expand ? "" : EXPAND_HINT);
    commandLine.assignments().forEach(assignment -> apply(root, assignment));
    Derived.apply(root);
    SkaldConfig config = build(root, findings, surroundings.processors());
    boolean several = findings.problems().size() > 1;
    findings.throwIfAny(several ? "MULTIPLE CONFIG ERRORS FOUND, PLEASE READ CAREFULLY" : "", "");
    List<Notice> notices = new ArrayList<>(commandLine.notices());
    notices.addAll(findings.notices());
    return new LoadedConfig(config, root, name, notices);
  }

  private static SkaldConfig build(Settings root, Findings findings, int processors) {
    Sections sections = new Sections(root, findings);
    SkaldConfig.Target target = Targets.read(root, findings);
    SchemaCheck.run(sections);
    checkOneStore(sections);
    return new SkaldConfig(
        target,
        root.flag("auth_enabled"),
        sections.attempt("server", () -> ServerReader.server(root), ServerConfig::defaults),
        sections.attempt(
            "distributor", () -> ServerReader.distributor(root), DistributorConfig::defaults),
        sections.attempt(
            "ingester", () -> IngesterReader.ingester(root, processors), IngesterConfig::defaults),
        sections.attempt(
            "storage_config", () -> new StorageReader(root).read(), StorageConfig::defaults),
        sections.attempt("querier", () -> IngesterReader.querier(root), QuerierConfig::defaults),
        sections.attempt(
            "compactor", () -> IngesterReader.compactor(root), CompactorConfig::defaults),
        sections.attempt("ruler", () -> new RulerReader(root).read(), RulerConfig::defaults),
        sections.attempt(
            "runtime_config", () -> ServerReader.runtime(root), RuntimeConfig::defaults),
        sections.attempt(
            "pattern_ingester", () -> IngesterReader.patterns(root), PatternConfig::defaults),
        sections.attempt(
            "limits_config",
            () -> new LimitsReader(root.block("limits_config"), remoteWrite(root)).read(),
            Limits::defaults));
  }

  private static Settings remoteWrite(Settings root) {
    return root.block("ruler").block("remote_write");
  }

  private static void checkOneStore(Sections sections) {
    Settings storage = sections.root().block("common").block("storage");
    long stores =
        List.of("filesystem", "s3", "gcs", "azure", "swift", "bos", "cos", "alibabacloud").stream()
            .filter(storage::isChanged)
            .count();
    if (stores > 1) {
      sections.problem(
          "common",
          "too many storage configs provided in the common config, please only define one storage"
              + " backend");
    }
  }

  private static void apply(Settings root, Assignment assignment) {
    Settings section = root;
    for (String name : assignment.path().subList(0, assignment.path().size() - 1)) {
      section = section.blockToFill(name, 0);
    }
    section.put(assignment.path().getLast(), assignment.value(), 0);
  }

  private static String expanded(String name, String text, Surroundings surroundings) {
    try {
      return EnvExpansion.expand(text, surroundings.environment());
    } catch (EnvExpansion.Malformed e) {
      Problem problem = new Problem(name, e.line(), e.getMessage());
      throw new ConfigException("failed parsing config: " + name + ":", List.of(problem), "", 1);
    }
  }

  private static String text(Path name, Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failure(name.toString(), name + ": " + e.getMessage());
    }
  }

  private static ConfigException failure(String file, String message) {
    return new ConfigException(
        "failed parsing config:", List.of(new Problem(file, 0, message)), "", 1);
  }

  private static String builtIn() {
    try (InputStream in = ConfigLoader.class.getResourceAsStream("built-in.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the built-in configuration", e);
    }
  }
}
