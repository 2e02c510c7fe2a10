package dev.skald.ruler.status;

import dev.skald.logql.Labels;
import java.time.Instant;
import java.util.Map;

/**
 * One alert that is pending or firing.
 *
 * @param labels all, {@code alertname} among them
 * @param annotations expanded
 * @param activeAt when its result was first there
 */
public record AlertStatus(
    Labels labels,
    Map<String, String> annotations,
    AlertState state,
    Instant activeAt,
    double value) {
  public AlertStatus {
    annotations = Map.copyOf(annotations);
  }
}
