package dev.skald.config.load;

import dev.skald.config.ConfigException;
import dev.skald.config.Notice;
import dev.skald.config.Problem;
import dev.skald.config.keys.RootKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The runtime files; later ones win. Names that end in {@code .gz} are unpacked. */
final class RuntimeFiles {
  private static final String HEADING = "failed to load runtime config: load file:";

  /** What stands in them: the keys set for each tenant. */
  record Content(Map<String, Settings> overrides, List<Notice> notices) {}

  private final List<Path> names;
  private final Path directory;

  RuntimeFiles(List<Path> names, Path directory) {
    this.names = List.copyOf(names);
    this.directory = directory;
  }

  String name() {
    return names.stream().map(Path::toString).collect(Collectors.joining(","));
  }

  /** A hash over the content of all files, in hex. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      names.forEach(name -> digest.update(bytes(name)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /**
   * @throws ConfigException with every problem of the first file that has one
   */
  Content read() {
    Map<String, Settings> overrides = new LinkedHashMap<>();
    List<Notice> notices = new ArrayList<>();
    for (Path name : names) {
      Findings findings = new Findings(name.toString());
      Settings file = Settings.empty(RootKeys.RUNTIME);
      String text = new String(unpacked(name), StandardCharsets.UTF_8);
      new NodeReader(findings).fill(file, Yaml.parse(text, findings));
      findings.throwIfAny(HEADING + " " + name + ": yaml: unmarshal errors:", "");
      file.namedBlocks("overrides")
          .forEach(
              (tenant, own) ->
                  overrides.merge(tenant, own, (earlier, later) -> later.over(earlier)));
      notices.addAll(findings.notices());
    }
    return new Content(overrides, notices);
  }

  private byte[] unpacked(Path name) {
    byte[] bytes = bytes(name);
    if (!name.toString().endsWith(".gz")) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private byte[] bytes(Path name) {
    try {
      return Files.readAllBytes(directory.resolve(name));
    } catch (IOException | UncheckedIOException e) {
      throw failure(name, e);
    }
  }

  private static ConfigException failure(Path name, Exception cause) {
    String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return new ConfigException(HEADING, List.of(new Problem(name.toString(), 0, why)), "", 1);
  }
}
