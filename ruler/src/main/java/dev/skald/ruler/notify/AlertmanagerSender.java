package dev.skald.ruler.notify;

import dev.skald.ruler.http.Backoff;
import dev.skald.ruler.http.Poster;
import dev.skald.ruler.http.Reply;
import dev.skald.ruler.notify.AlertQueue.Batch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to one Alertmanager, again and again until it has taken them or they are outdated.
 * Safe for use by any thread.
 */
final class AlertmanagerSender {
  private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerSender.class);
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofSeconds(30);

  /** Statuses that blame the body, so that it is of no use to send it again. */
  private static final Set<Integer> BAD_BODY = Set.of(400, 413, 422);

  private final URI endpoint;
  private final Poster poster;
  private final String userAgent;
  private final Notifier.Environment environment;
  private final AlertQueue queue;

  /** Held while sending; guards the backoff. */
  private final ReentrantLock sending = new ReentrantLock();

  private final Backoff backoff = new Backoff(LEAST_WAIT, MOST_WAIT);

  AlertmanagerSender(
      URI endpoint,
      Poster poster,
      String userAgent,
      Notifier.Environment environment,
      AlertQueue queue) {
    this.endpoint = endpoint;
    this.poster = poster;
    this.userAgent = userAgent;
    this.environment = environment;
    this.queue = queue;
  }

  void add(String tenant, List<QueuedAlert> alerts) {
    giveUp(tenant, queue.add(tenant, alerts));
  }

  boolean idle() {
    return queue.isEmpty();
  }

  int waiting(String tenant) {
    return queue.size(tenant);
  }

  /** Sends what waits, unless another thread does or the Alertmanager is left alone for a while. */
  void sendIfDue() {
    if (!queue.isEmpty() && sending.tryLock()) {
      try {
        if (backoff.over(environment.clock().instant())) {
          sendAll();
        }
      } finally {
        sending.unlock();
      }
    }
  }

  /** Sends what waits, at once. */
  void sendNow() {
    sending.lock();
    try {
      sendAll();
    } finally {
      sending.unlock();
    }
  }

  private void sendAll() {
    boolean reached = true;
    while (reached && !Thread.currentThread().isInterrupted()) {
      Instant now = environment.clock().instant();
      Batch batch = queue.next(now).orElse(null);
      if (batch == null) {
        return;
      }
      giveUp(batch.tenant(), batch.outdated());
      reached = batch.alerts().isEmpty() || send(batch, now);
    }
  }

  /** Returns whether to go on. */
  private boolean send(Batch batch, Instant now) {
    long start = environment.nanoTime().getAsLong();
    try {
      Reply reply = poster.post(endpoint, headers(batch), AlertJson.write(batch.alerts()));
      if (reply.ok()) {
        taken(batch, Duration.ofNanos(environment.nanoTime().getAsLong() - start));
        return true;
      }
      environment.listener().failed(batch.tenant(), endpoint.toString());
      return BAD_BODY.contains(reply.status())
          ? refused(batch, reply)
          : failed(now, reply.wait(now).orElse(Duration.ZERO), reply.toString());
    } catch (IOException e) {
      environment.listener().failed(batch.tenant(), endpoint.toString());
      return failed(now, Duration.ZERO, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, String> headers(Batch batch) {
    return Map.of(
        "Content-Type",
        "application/json",
        "User-Agent",
        userAgent,
        "X-Scope-OrgID",
        batch.tenant());
  }

  private void taken(Batch batch, Duration took) {
    backoff.succeeded();
    batch.alerts().forEach(QueuedAlert::taken);
    queue.done(batch);
    environment.listener().sent(batch.tenant(), endpoint.toString(), batch.alerts().size(), took);
  }

  /** One bad alert must not hold back the others: they are sent in ever smaller batches. */
  private boolean refused(Batch batch, Reply reply) {
    if (batch.alerts().size() > 1) {
      queue.split(batch);
      return true;
    }
    LOG.warn(
        "{} does not take an alert of tenant {}, it is dropped: {}: {}",
        endpoint,
        batch.tenant(),
        batch.alerts().getFirst().labels(),
        reply);
    queue.done(batch);
    giveUp(batch.tenant(), batch.alerts());
    return true;
  }

  private boolean failed(Instant now, Duration asked, String why) {
    backoff.failed(now, asked);
    LOG.warn("cannot send alerts to {}, will try again at {}: {}", endpoint, backoff.until(), why);
    return false;
  }

  private void giveUp(String tenant, List<QueuedAlert> alerts) {
    int lost = (int) alerts.stream().filter(QueuedAlert::givenUp).count();
    if (lost > 0) {
      environment.listener().dropped(tenant, lost);
    }
  }
}
