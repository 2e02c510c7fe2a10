package dev.skald.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prometheus as Debian packages it, which takes remote writes. */
final class DebianPrometheus extends Program implements MetricStore {
  DebianPrometheus(Path directory) throws IOException {
    Path root = DebianPackage.unpacked("prometheus");
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(config, "{}");
    super(
        root,
        directory.resolve("prometheus.log"),
        List.of(
            root.resolve("usr/bin/prometheus").toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=127.0.0.1:PORT",
            "--web.enable-remote-write-receiver"));
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/api/v1/write");
  }

  private JsonNode query(String query) {
    return http().get("/api/v1/query", Map.of("query", query)).json().get("data").get("result");
  }

  @Override
  public Optional<Double> now(String metric) {
    JsonNode result = query(metric);
    return result.isEmpty()
        ? Optional.empty()
        : Optional.of(result.get(0).get("value").get(1).asDouble());
  }

  @Override
  public List<Long> times(String metric) {
    List<Long> times = new ArrayList<>();
    for (JsonNode series : query(metric + "[1h]")) {
      series.get("values").forEach(value -> times.add((long) (value.get(0).asDouble() * 1000)));
    }
    return times;
  }
}
