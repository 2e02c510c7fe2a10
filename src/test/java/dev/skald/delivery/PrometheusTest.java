package dev.skald.delivery;

import java.io.IOException;
import java.nio.file.Path;

/** With Debian's Prometheus, seen through its own queries. */
final class PrometheusTest extends TrainingMetrics {
  @Override
  MetricStore store(Path directory) throws IOException {
    return new DebianPrometheus(directory);
  }
}
