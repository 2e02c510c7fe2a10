package dev.skald.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own Alertmanager, as Debian packages it. */
final class DebianAlertmanager extends Program implements Alertmanager {
  private static final String FILES = "/usr/share/prometheus/alertmanager";

  DebianAlertmanager(Path directory) throws IOException {
    Path root = DebianPackage.unpacked("prometheus-alertmanager");
    Path config = directory.resolve("alertmanager.yml");
    Files.writeString(config, "{route: {receiver: none}, receivers: [{name: none}]}");
    super(
        root,
        directory.resolve("alertmanager.log"),
        List.of(
            movable(root, directory).toString(),
            "--config.file=" + config,
            "--storage.path=" + directory.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:PORT",
            "--cluster.listen-address="));
  }

  /**
   * Debian's program looks for its templates where they are once it is installed. A copy looks
   * below the directory that it runs in: a path of the same length, without the first slash.
   */
  private static Path movable(Path root, Path directory) throws IOException {
    String bytes =
        Files.readString(
            root.resolve("usr/bin/prometheus-alertmanager"), StandardCharsets.ISO_8859_1);
    String moved = FILES.substring(1).replaceFirst("/", "//");
    Path copy = directory.resolve("alertmanager-copy");
    Files.writeString(copy, bytes.replace(FILES, moved), StandardCharsets.ISO_8859_1);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
    return copy;
  }

  @Override
  public List<JsonNode> firing() {
    List<JsonNode> alerts = new ArrayList<>();
    http().get("/api/v2/alerts").json().forEach(alerts::add);
    return alerts;
  }
}
