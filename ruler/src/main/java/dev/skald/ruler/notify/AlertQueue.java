package dev.skald.ruler.notify;

import dev.skald.logql.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alerts that wait for one Alertmanager, the oldest first. Of an alert only the newest state
 * waits, so that the queue grows with the number of alerts, not with time. Safe for use by any
 * thread.
 */
final class AlertQueue {
  /** Most alerts of a request (config-and-clients.md §2.8). */
  static final int LARGEST_BATCH = 256;

  /**
   * Alerts of one tenant, to be sent together.
   *
   * @param alerts empty where all that waited are outdated
   * @param outdated left the queue just now
   */
  record Batch(String tenant, List<QueuedAlert> alerts, List<QueuedAlert> outdated) {}

  private static final class Waiting {
    private final Map<Labels, QueuedAlert> alerts = new LinkedHashMap<>();
    private int batch = LARGEST_BATCH;
  }

  private final int capacity;
  private final Map<String, Waiting> tenants = new LinkedHashMap<>();

  /**
   * @param capacity the most alerts of a tenant
   */
  AlertQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds alerts; an earlier state of the same alert is replaced and keeps its place.
   *
   * @return those that had to leave to make room, the oldest
   */
  synchronized List<QueuedAlert> add(String tenant, List<QueuedAlert> alerts) {
    Waiting waiting = tenants.computeIfAbsent(tenant, name -> new Waiting());
    for (QueuedAlert alert : alerts) {
      waiting.alerts.put(alert.labels(), alert);
    }
    List<QueuedAlert> left = new ArrayList<>();
    Iterator<QueuedAlert> oldest = waiting.alerts.values().iterator();
    for (int i = waiting.alerts.size(); i > capacity; i--) {
      left.add(oldest.next());
      oldest.remove();
    }
    return left;
  }

  /**
   * Returns what is to be sent next. The alerts stay in the queue until they are {@link #done}. The
   * tenants take turns.
   */
  synchronized Optional<Batch> next(Instant now) {
    Iterator<Map.Entry<String, Waiting>> entries = tenants.entrySet().iterator();
    if (!entries.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, Waiting> first = entries.next();
    entries.remove();
    String tenant = first.getKey();
    Waiting waiting = first.getValue();
    List<QueuedAlert> outdated = new ArrayList<>();
    waiting.alerts.values().removeIf(alert -> alert.outdated(now) && outdated.add(alert));
    if (!waiting.alerts.isEmpty()) {
      tenants.put(tenant, waiting);
    }
    List<QueuedAlert> batch = waiting.alerts.values().stream().limit(waiting.batch).toList();
    return Optional.of(new Batch(tenant, batch, outdated));
  }

  /** Forgets the alerts of a batch that was sent, except those of which there is newer state. */
  synchronized void done(Batch batch) {
    Waiting waiting = tenants.get(batch.tenant());
    if (waiting == null) {
      return;
    }
    waiting.batch = Math.min(LARGEST_BATCH, waiting.batch * 2);
    for (QueuedAlert alert : batch.alerts()) {
      waiting.alerts.remove(alert.labels(), alert);
    }
    if (waiting.alerts.isEmpty()) {
      tenants.remove(batch.tenant());
    }
  }

  /** Makes the next batch of a tenant half as large as one that was refused. */
  synchronized void split(Batch batch) {
    Waiting waiting = tenants.get(batch.tenant());
    if (waiting != null) {
      waiting.batch = Math.max(1, batch.alerts().size() / 2);
    }
  }

  synchronized boolean isEmpty() {
    return tenants.isEmpty();
  }

  synchronized int size(String tenant) {
    Waiting waiting = tenants.get(tenant);
    return waiting == null ? 0 : waiting.alerts.size();
  }
}
