package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import dev.skald.ruler.status.AlertState;
import dev.skald.ruler.status.AlertStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An alert that is pending, fires or was resolved. Immutable.
 *
 * @param labels all, {@code alertname} among them
 * @param annotations of the last result
 * @param sentAt when it was last sent; {@link Instant#MIN} if never
 */
record TrackedAlert(
    Labels labels, Map<String, String> annotations, double value, AlertLife life, Instant sentAt) {

  TrackedAlert with(AlertLife other) {
    return new TrackedAlert(labels, annotations, value, other, sentAt);
  }

  TrackedAlert sent(Instant at) {
    return new TrackedAlert(labels, annotations, value, life, at);
  }

  boolean isActive() {
    return !life.isResolved();
  }

  /** Whether it is to be sent now (config-and-clients.md §2.7). */
  boolean isDue(Instant at, Duration resendDelay) {
    if (life.state() == AlertState.PENDING) {
      return false;
    }
    boolean unheard = life.resolvedAt().filter(resolved -> resolved.isAfter(sentAt)).isPresent();
    return unheard || sentAt.equals(Instant.MIN) || sentAt.plus(resendDelay).isBefore(at);
  }

  Alert alert(Instant validUntil, String generatorUrl) {
    return new Alert(
        labels,
        annotations,
        life.firedAt().orElse(life.activeAt()),
        life.resolvedAt().orElse(validUntil),
        life.isResolved(),
        generatorUrl);
  }

  AlertStatus status() {
    return new AlertStatus(labels, annotations, life.state(), life.activeAt(), value);
  }
}
