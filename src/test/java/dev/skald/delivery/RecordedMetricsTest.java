package dev.skald.delivery;

import java.nio.file.Path;

/** With a double that records what it is sent. */
final class RecordedMetricsTest extends TrainingMetrics {
  @Override
  MetricStore store(Path directory) {
    return new RecordingStore();
  }
}
