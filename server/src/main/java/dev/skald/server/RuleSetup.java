package dev.skald.server;

import dev.skald.config.Overrides;
import dev.skald.config.RulerConfig;
import dev.skald.config.SkaldConfig;
import dev.skald.ruler.rules.LocalRules;
import dev.skald.ruler.rules.RuleReader;
import dev.skald.ruler.rules.RuleSource;
import dev.skald.ruler.rules.RulesListener;
import dev.skald.ruler.rules.StoredRules;
import dev.skald.ruler.rules.TemplateSyntax;
import dev.skald.ruler.status.RulerStatus;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.rules.PrometheusRulesApi;
import dev.skald.server.rules.RulesApi;
import dev.skald.server.status.RulerMetrics;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectStoreListener;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the rules that the configuration names, keeps reading them and has them evaluated. */
final class RuleSetup {
  private static final Logger LOG = LoggerFactory.getLogger(RuleSetup.class);

  private final SkaldConfig config;
  private final Clock clock;
  private final Lifecycle lifecycle;

  RuleSetup(SkaldConfig config, Clock clock, Lifecycle lifecycle) {
    this.config = config;
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  /** Who hears of the reading of rules. */
  record Listeners(RulerMetrics rules, ObjectStoreListener requests) {}

  /**
   * Reads the rules once and then again and again, and evaluates them.
   *
   * @return registers the endpoints of the ruler; none where it is not configured
   * @throws IOException if the store cannot be opened as it is configured
   */
  Consumer<Router> start(Overrides overrides, Listeners listeners, Evaluation.Surroundings around)
      throws IOException {
    RuleReader reader = new RuleReader(new TemplateSyntax());
    RulesApi.Rules rules =
        switch (config.ruler().store().kind()) {
          case NONE -> null;
          case LOCAL -> local(reader, listeners.rules());
          case S3 -> stored(reader, listeners.rules(), listeners.requests());
        };
    if (rules == null) {
      return router -> {};
    }
    poll(rules.source(), listeners.rules());
    RulerStatus status = new Evaluation(config, clock, lifecycle).start(rules.source(), around);
    return config.ruler().apiEnabled() ? endpoints(rules, overrides, status) : router -> {};
  }

  private RulesApi.Rules local(RuleReader reader, RulesListener listener) {
    RuleSource source = new LocalRules(config.ruler().store().directory(), reader, listener);
    return new RulesApi.Rules(source, Optional.empty(), reader);
  }

  private RulesApi.Rules stored(
      RuleReader reader, RulesListener listener, ObjectStoreListener requests) throws IOException {
    RulerConfig.RuleStore place = config.ruler().store();
    ObjectStore store = ObjectStores.openUnchecked(place.s3(), requests, lifecycle);
    StoredRules source = new StoredRules(store, reader, listener);
    return new RulesApi.Rules(source, Optional.of(source), reader);
  }

  private void poll(RuleSource source, RulerMetrics metrics) {
    metrics.synced("initial");
    guarded(source);
    ScheduledExecutorService poller =
        Executors.newSingleThreadScheduledExecutor(Threads.daemons("rules"));
    lifecycle.onStop(poller::shutdownNow);
    long interval = config.ruler().pace().pollInterval().toMillis();
    Runnable again =
        () -> {
          metrics.synced("periodic");
          guarded(source);
        };
    poller.scheduleWithFixedDelay(again, interval, interval, TimeUnit.MILLISECONDS);
  }

  /** An exception would end the reading for good. */
  private void guarded(RuleSource source) {
    try {
      source.poll(clock.instant());
    } catch (RuntimeException | Error e) {
      LOG.error("reading the rules has failed", e);
    }
  }

  private Consumer<Router> endpoints(
      RulesApi.Rules rules, Overrides overrides, RulerStatus status) {
    Tenants tenants = new Tenants(config.authEnabled());
    RulesApi editing = new RulesApi(rules, tenants, overrides, clock);
    PrometheusRulesApi showing = new PrometheusRulesApi(status, tenants);
    return router -> {
      editing.register(router);
      showing.register(router);
    };
  }
}
