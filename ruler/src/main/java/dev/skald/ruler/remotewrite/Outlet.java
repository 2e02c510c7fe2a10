package dev.skald.ruler.remotewrite;

import dev.skald.config.RemoteWriteConfig.Client;
import dev.skald.config.RemoteWriteConfig.Queue;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.ruler.http.Backoff;
import dev.skald.ruler.http.Poster;
import dev.skald.ruler.http.Reply;
import dev.skald.ruler.relabel.Relabeling;
import dev.skald.ruler.remotewrite.RemoteWriteListener.Reason;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one tenant's samples to one receiver, in order, until it has taken or refused them. Safe
 * for use by any thread.
 */
final class Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  /** A tenant and the receiver's name in the configuration. */
  record Id(String tenant, String client) {}

  /** How the receiver is reached, made of its configuration. */
  record Receiver(
      Client config, Poster poster, Relabeling relabeling, Map<String, String> headers) {

    /**
     * @throws IllegalArgumentException if a header or a relabel config is wrong
     */
    static Receiver of(Client config, Poster poster, Map<String, String> ownHeaders) {
      Map<String, String> headers = new LinkedHashMap<>();
      config
          .headers()
          .forEach(
              (name, value) -> {
                if (!name.strip().equalsIgnoreCase("X-Scope-OrgID")) {
                  headers.put(name, value);
                }
              });
      headers.putAll(ownHeaders);
      HttpRequest.Builder trial = HttpRequest.newBuilder(config.url());
      headers.forEach(trial::setHeader);
      return new Receiver(config, poster, Relabeling.read(config.relabel()), headers);
    }
  }

  private final Id id;
  private final SampleQueue queue;
  private final RemoteWriter.Environment environment;
  private final ReentrantLock saving = new ReentrantLock();

  /** Held while sending; guards the backoff. */
  private final ReentrantLock sending = new ReentrantLock();

  private volatile Receiver receiver;

  /** The configuration that {@code backoff} is made of. */
  private Queue waits;

  private Backoff backoff;

  Outlet(Id id, SampleQueue queue, Receiver receiver, RemoteWriter.Environment environment) {
    this.id = id;
    this.queue = queue;
    this.environment = environment;
    this.receiver = receiver;
  }

  Receiver receiver() {
    return receiver;
  }

  /** The receiver's configuration has changed. */
  void receiver(Receiver other, SampleQueue.Limits limits) {
    receiver = other;
    queue.limit(limits);
  }

  void add(List<RecordedSample> samples) {
    List<RecordedSample> wanted = new ArrayList<>(samples.size());
    Relabeling relabeling = receiver.relabeling();
    for (RecordedSample sample : samples) {
      relabeling
          .apply(sample.labels())
          .filter(labels -> labels.size() > 0)
          .ifPresent(
              labels ->
                  wanted.add(new RecordedSample(labels, sample.timeMillis(), sample.value())));
    }
    queue.add(wanted);
  }

  boolean idle() {
    return queue.isEmpty();
  }

  /** Saves what was recorded and sends what is due, unless another thread is at it. */
  void work() {
    Instant now = environment.clock().instant();
    if (saving.tryLock()) {
      try {
        saveAndTrim(now);
      } finally {
        saving.unlock();
      }
    }
    if (sending.tryLock()) {
      try {
        if (backoff().over(now)) {
          send(false);
        }
      } finally {
        sending.unlock();
      }
    }
    tellWaiting();
  }

  /** Saves what was recorded and sends all, at once. */
  void flush() {
    save();
    sending.lock();
    try {
      backoff();
      send(true);
    } finally {
      sending.unlock();
    }
    tellWaiting();
  }

  /** Saves what was recorded. */
  void save() {
    saving.lock();
    try {
      saveAndTrim(environment.clock().instant());
    } finally {
      saving.unlock();
    }
  }

  private void saveAndTrim(Instant now) {
    queue.save(now);
    queue.trim(now);
  }

  private Backoff backoff() {
    Queue config = receiver.config().queue();
    if (!config.equals(waits)) {
      waits = config;
      backoff = new Backoff(config.minBackoff(), config.maxBackoff());
    }
    return backoff;
  }

  private void tellWaiting() {
    environment.listener().waiting(id.tenant(), id.client(), queue.samples(), queue.bytes());
  }

  private void send(boolean force) {
    boolean more = true;
    while (more && !Thread.currentThread().isInterrupted()) {
      Instant now = environment.clock().instant();
      Duration deadline = receiver.config().queue().batchSendDeadline();
      try {
        Optional<SampleQueue.Batch> batch = queue.next(force, now.minus(deadline));
        more = batch.isPresent() && (batch.get().parts().isEmpty() || send(batch.get(), now));
      } catch (IOException e) {
        more = failed(now, Duration.ZERO, "its samples cannot be read: " + e);
      }
    }
  }

  /** Returns whether to go on. */
  private boolean send(SampleQueue.Batch batch, Instant now) {
    Receiver to = receiver;
    try {
      Reply reply = to.poster().post(to.config().url(), to.headers(), batch.request());
      if (reply.ok()) {
        backoff.succeeded();
        queue.done(batch);
        environment.listener().sent(id.tenant(), id.client(), batch.samples());
        return true;
      }
      boolean noRetry = reply.limited() && !to.config().queue().retryOnRateLimit();
      return reply.refused() || noRetry
          ? refused(batch, reply)
          : retry(batch, now, reply.wait(now).orElse(Duration.ZERO), reply.toString());
    } catch (IOException e) {
      return retry(batch, now, Duration.ZERO, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean refused(SampleQueue.Batch batch, Reply reply) {
    LOG.warn("{} does not take {} samples, they are dropped: {}", this, batch.samples(), reply);
    backoff.succeeded();
    queue.done(batch);
    environment.listener().dropped(id.tenant(), id.client(), batch.samples(), Reason.REFUSED);
    return true;
  }

  private boolean retry(SampleQueue.Batch batch, Instant now, Duration asked, String why) {
    environment.listener().retried(id.tenant(), id.client(), batch.samples());
    return failed(now, asked, why);
  }

  private boolean failed(Instant now, Duration asked, String why) {
    backoff.failed(now, asked);
    LOG.warn("cannot send samples to {}, will try again: {}", this, why);
    return false;
  }

  @Override
  public String toString() {
    return id.client() + " (" + receiver.config().url() + ") for tenant " + id.tenant();
  }
}
