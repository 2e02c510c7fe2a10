package dev.skald.ruler.notify;

import dev.skald.config.HttpAuth;
import dev.skald.config.RulerConfig;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.Alert;
import dev.skald.ruler.evaluate.AlertSink;
import dev.skald.ruler.http.Poster;
import dev.skald.ruler.relabel.Relabeling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every alert to every Alertmanager (config-and-clients.md §2.8). Each has a queue of its
 * own, so that one that is down holds back no other; what it has not taken is sent again until the
 * alert's end. Safe for use by any thread.
 */
public final class Notifier implements AlertSink {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  /**
   * What it works with.
   *
   * @param executor runs a task for each Alertmanager, which blocks while it sends
   * @param lookup where the configuration names services instead of hosts
   */
  public record Environment(
      Clock clock,
      LongSupplier nanoTime,
      Executor executor,
      SrvLookup lookup,
      NotifyListener listener) {}

  private final Map<String, String> externalLabels;
  private final AlertmanagerConfig config;
  private final Relabeling relabeling;
  private final HttpClient client;
  private final String userAgent;
  private final Environment environment;
  private final Endpoints endpoints;

  /** Alerts from before the first Alertmanager was found. */
  private final AlertQueue homeless;

  private final Set<String> tenants = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean lookingUp = new AtomicBoolean();
  private volatile Instant nextLookup = Instant.MIN;
  private volatile Map<URI, AlertmanagerSender> senders = Map.of();

  /**
   * @param client as {@link dev.skald.ruler.http.HttpClients} makes it
   * @throws IllegalArgumentException if {@code alert_relabel_configs} are wrong
   */
  public Notifier(RulerConfig ruler, HttpClient client, String userAgent, Environment environment) {
    this.externalLabels = ruler.origin().externalLabels();
    this.config = ruler.alertmanager();
    this.relabeling = Relabeling.read(config.relabel());
    this.client = client;
    this.userAgent = userAgent;
    this.environment = environment;
    this.endpoints = new Endpoints(config, environment.lookup());
    this.homeless = new AlertQueue(config.queueCapacity());
    if (!config.discovery().enabled()) {
      findAlertmanagers();
    }
  }

  @Override
  public void send(String tenant, List<Alert> alerts) {
    if (config.receivers().isEmpty()) {
      return;
    }
    tenants.add(tenant);
    synchronized (homeless) {
      enqueue(tenant, alerts);
    }
    start();
  }

  /** While the first Alertmanagers are taken up, no alert may pass between them and the others. */
  private void enqueue(String tenant, List<Alert> alerts) {
    Map<URI, AlertmanagerSender> receivers = senders;
    List<QueuedAlert> queued = new ArrayList<>();
    for (Alert alert : alerts) {
      labels(alert)
          .ifPresent(labels -> queued.add(new QueuedAlert(labels, alert, receivers.size())));
    }
    if (receivers.isEmpty()) {
      drop(tenant, homeless.add(tenant, queued));
    }
    receivers.values().forEach(sender -> sender.add(tenant, queued));
  }

  private void drop(String tenant, List<QueuedAlert> alerts) {
    if (!alerts.isEmpty()) {
      environment.listener().dropped(tenant, alerts.size());
    }
  }

  /** Hands what has waited for the first Alertmanagers to them. */
  private void house(Map<URI, AlertmanagerSender> found) {
    Optional<AlertQueue.Batch> batch = homeless.next(environment.clock().instant());
    while (batch.isPresent()) {
      String tenant = batch.get().tenant();
      drop(tenant, batch.get().outdated());
      List<QueuedAlert> alerts =
          batch.get().alerts().stream()
              .map(alert -> new QueuedAlert(alert.labels(), alert.alert(), found.size()))
              .toList();
      found.values().forEach(sender -> sender.add(tenant, alerts));
      homeless.done(batch.get());
      batch = homeless.next(environment.clock().instant());
    }
  }

  /** The labels as they are sent; none where the alert is not to be sent. */
  private Optional<Labels> labels(Alert alert) {
    Labels.Builder builder = new Labels.Builder();
    Labels own = alert.labels();
    for (int i = 0; i < own.size(); i++) {
      if (!own.value(i).isEmpty()) {
        builder.add(own.name(i), own.value(i));
      }
    }
    externalLabels.forEach(
        (name, value) -> {
          if (own.getOrEmpty(name).isEmpty() && !value.isEmpty()) {
            builder.add(name, value);
          }
        });
    return relabeling.apply(builder.build()).filter(labels -> labels.size() > 0);
  }

  /** Looks up Alertmanagers if it is time to, and tries those again that could not be reached. */
  public void tick(Instant now) {
    if (config.discovery().enabled()
        && !now.isBefore(nextLookup)
        && lookingUp.compareAndSet(false, true)) {
      nextLookup = now.plus(config.discovery().refreshInterval());
      environment.executor().execute(this::findAlertmanagers);
    }
    start();
    tenants.forEach(
        tenant ->
            environment
                .listener()
                .waiting(
                    tenant,
                    senders.values().stream()
                        .mapToInt(sender -> sender.waiting(tenant))
                        .max()
                        .orElse(0)));
  }

  private void start() {
    for (AlertmanagerSender sender : senders.values()) {
      if (!sender.idle()) {
        environment.executor().execute(sender::sendIfDue);
      }
    }
  }

  private void findAlertmanagers() {
    try {
      Map<URI, HttpAuth> found = endpoints.find();
      Map<URI, AlertmanagerSender> next = new LinkedHashMap<>();
      found.forEach((endpoint, auth) -> next.put(endpoint, sender(endpoint, auth)));
      // One that is gone for a moment is told later of what has happened meanwhile.
      senders.forEach(
          (endpoint, sender) -> {
            if (!sender.idle()) {
              next.putIfAbsent(endpoint, sender);
            }
          });
      synchronized (homeless) {
        house(next);
        senders = next;
      }
      environment.listener().discovered(found.size());
    } catch (IOException e) {
      LOG.warn("cannot find the Alertmanagers, those known are kept: {}", e.getMessage());
    } finally {
      lookingUp.set(false);
    }
  }

  private AlertmanagerSender sender(URI endpoint, HttpAuth auth) {
    AlertmanagerSender known = senders.get(endpoint);
    return known != null
        ? known
        : new AlertmanagerSender(
            endpoint,
            new Poster(client, auth, config.timeout()),
            userAgent,
            environment,
            new AlertQueue(config.queueCapacity()));
  }

  /**
   * Tries once more to send what waits, for the process is about to end.
   *
   * @param atMost how long it may take
   */
  public void flush(Duration atMost) throws InterruptedException {
    CompletableFuture<?>[] attempts =
        senders.values().stream()
            .filter(sender -> !sender.idle())
            .map(sender -> CompletableFuture.runAsync(sender::sendNow, environment.executor()))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(attempts).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("not all alerts could be sent before the end: {}", e.toString());
    }
  }
}
