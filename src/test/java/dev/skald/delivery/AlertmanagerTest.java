package dev.skald.delivery;

import java.io.IOException;
import java.nio.file.Path;

/** With Debian's Alertmanager, seen through its own API. */
final class AlertmanagerTest extends TrainingAlerts {
  @Override
  Alertmanager alertmanager(Path directory) throws IOException {
    return new DebianAlertmanager(directory);
  }
}
