package dev.skald.delivery;

import java.nio.file.Path;

/** With a double that records what it is told. */
final class RecordedAlertsTest extends TrainingAlerts {
  @Override
  Alertmanager alertmanager(Path directory) {
    return new RecordingAlertmanager();
  }
}
