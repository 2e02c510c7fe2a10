package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.RulerConfig;
import dev.skald.config.TlsClientConfig;
import dev.skald.ruler.evaluate.AlertSink;
import dev.skald.ruler.evaluate.SampleSink;
import dev.skald.ruler.http.HttpClients;
import dev.skald.ruler.notify.DnsSrvLookup;
import dev.skald.ruler.notify.Notifier;
import dev.skald.ruler.remotewrite.RemoteWriteListener;
import dev.skald.ruler.remotewrite.RemoteWriter;
import dev.skald.server.status.NotificationMetrics;
import dev.skald.server.status.RemoteWriteMetrics;
import dev.skald.server.status.Version;
import dev.skald.storage.object.FilesystemStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what sends alerts and recorded samples to whom the configuration names. */
final class RuleDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(RuleDelivery.class);
  private static final long TICK_MILLIS = 500;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** So long each of the two may go on sending at the end of the process. */
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(5);

  private static final String USER_AGENT = "Skald/" + Version.current();

  /** Who takes what the rules give. */
  record Sinks(AlertSink alerts, SampleSink samples) {
    static final Sinks NONE = new Sinks((tenant, alerts) -> {}, (tenant, samples) -> {});
  }

  private final RulerConfig config;
  private final Clock clock;
  private final Lifecycle lifecycle;

  RuleDelivery(RulerConfig config, Clock clock, Lifecycle lifecycle) {
    this.config = config;
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  /**
   * Starts sending. To be called before the evaluation of rules is started, so that it is stopped
   * after that.
   *
   * @throws IOException if certificates, headers, relabel configs or the directory of samples
   *     cannot be used
   */
  Sinks start(Overrides overrides, MeterRegistry metrics) throws IOException {
    if (config.store().kind() == RulerConfig.RuleStore.Kind.NONE) {
      return Sinks.NONE;
    }
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("deliver-", 0).factory());
    lifecycle.onStop(executor::shutdownNow);
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(Threads.daemons("deliver-tick"));
    try {
      return new Sinks(
          notifier(executor, ticker, metrics),
          config.remoteWrite().enabled()
              ? remoteWriter(overrides, executor, ticker, new RemoteWriteMetrics(metrics))
              : Sinks.NONE.samples());
    } catch (IllegalArgumentException e) {
      throw new IOException("invalid ruler config: " + e.getMessage(), e);
    } finally {
      lifecycle.onStop(ticker::shutdownNow);
    }
  }

  private AlertSink notifier(
      ExecutorService executor, ScheduledExecutorService ticker, MeterRegistry metrics)
      throws IOException {
    NotificationMetrics listener =
        new NotificationMetrics(metrics, config.alertmanager().queueCapacity());
    Notifier notifier =
        new Notifier(
            config,
            client(config.alertmanager().tls(), executor),
            USER_AGENT,
            new Notifier.Environment(
                clock, System::nanoTime, executor, new DnsSrvLookup("dns:"), listener));
    lifecycle.onStop(() -> notifier.flush(LAST_ATTEMPT));
    every(ticker, "alerts", () -> notifier.tick(clock.instant()));
    return notifier;
  }

  private SampleSink remoteWriter(
      Overrides overrides,
      ExecutorService executor,
      ScheduledExecutorService ticker,
      RemoteWriteListener listener)
      throws IOException {
    RemoteWriter writer =
        RemoteWriter.open(
            config,
            overrides,
            tls -> client(tls, executor),
            USER_AGENT,
            new RemoteWriter.Environment(
                clock, executor, new FilesystemStore(config.walDirectory()), listener));
    lifecycle.onStop(() -> writer.flush(LAST_ATTEMPT));
    every(ticker, "recorded samples", writer::tick);
    return writer;
  }

  private HttpClient client(TlsClientConfig tls, ExecutorService executor) throws IOException {
    HttpClient client = HttpClients.open(tls, CONNECT_TIMEOUT, executor);
    lifecycle.onStop(client::shutdownNow);
    return client;
  }

  private static void every(ScheduledExecutorService ticker, String what, Runnable task) {
    ticker.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            LOG.error("the sending of {} has failed", what, e);
          }
        },
        0,
        TICK_MILLIS,
        TimeUnit.MILLISECONDS);
  }
}
