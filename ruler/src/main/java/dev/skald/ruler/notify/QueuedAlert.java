package dev.skald.ruler.notify;

import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An alert on its way to some Alertmanagers, each of which has it in a queue. Safe for use by any
 * thread.
 */
final class QueuedAlert {
  /** So long the end of an alert is news (config-and-clients.md §2.7). */
  private static final Duration RESOLVED_FOR = Duration.ofMinutes(15);

  private final Labels labels;
  private final Alert alert;
  private final AtomicInteger chances;
  private volatile boolean taken;

  /**
   * @param labels as they are sent
   * @param chances the number of Alertmanagers
   */
  QueuedAlert(Labels labels, Alert alert, int chances) {
    this.labels = labels;
    this.alert = alert;
    this.chances = new AtomicInteger(chances);
  }

  Labels labels() {
    return labels;
  }

  Alert alert() {
    return alert;
  }

  /** Whether it is of no use any more: by now an Alertmanager would take it for resolved. */
  boolean outdated(Instant now) {
    Instant end = alert.resolved() ? alert.endsAt().plus(RESOLVED_FOR) : alert.endsAt();
    return now.isAfter(end);
  }

  void taken() {
    taken = true;
  }

  /** One Alertmanager will not get it; returns whether none has. */
  boolean givenUp() {
    return chances.decrementAndGet() == 0 && !taken;
  }
}
