package dev.skald.server;

import dev.skald.config.SkaldConfig;
import dev.skald.querier.Querier;
import dev.skald.ruler.LocalQueries;
import dev.skald.ruler.Ruler;
import dev.skald.ruler.evaluate.AlertSink;
import dev.skald.ruler.evaluate.AlertStates;
import dev.skald.ruler.evaluate.EvaluationEnvironment;
import dev.skald.ruler.evaluate.EvaluationListener;
import dev.skald.ruler.evaluate.SampleSink;
import dev.skald.ruler.rules.RuleSource;
import dev.skald.ruler.status.RulerStatus;
import dev.skald.storage.object.FilesystemStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the evaluation of rules together as the configuration says, and keeps it going. */
final class Evaluation {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So many groups at most are evaluated at a time. */
  private static final int MOST_WORKERS = 4;

  private final SkaldConfig config;
  private final Clock clock;
  private final Lifecycle lifecycle;

  /**
   * What rules need of the rest of the process.
   *
   * @param querier answers queries of rules as it does those of users, each tenant's in their turn
   * @param ready whether queries see everything: a rule must not take a log that is being replayed
   *     for an absence of lines
   */
  record Surroundings(
      Querier querier,
      BooleanSupplier ready,
      AlertSink alerts,
      SampleSink samples,
      EvaluationListener listener) {}

  Evaluation(SkaldConfig config, Clock clock, Lifecycle lifecycle) {
    this.config = config;
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  RulerStatus start(RuleSource source, Surroundings surroundings) throws IOException {
    int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
    EvaluationListener listener = surroundings.listener();
    FilesystemStore store = new FilesystemStore(config.storage().directory().resolve("ruler"));
    store.removeUnfinished();
    ExecutorService groups = Executors.newFixedThreadPool(workers, Threads.daemons("rule-group"));
    Ruler ruler =
        new Ruler(
            source,
            new EvaluationEnvironment(
                config.ruler(),
                new LocalQueries(surroundings.querier()),
                surroundings.alerts(),
                surroundings.samples(),
                new AlertStates(store, listener),
                listener,
                groups,
                new EvaluationEnvironment.Clocks(clock, System::nanoTime)));
    lifecycle.onStop(ruler::close);
    lifecycle.onStop(() -> stop(groups));
    keepTicking(ruler, surroundings.ready());
    return ruler;
  }

  private void keepTicking(Ruler ruler, BooleanSupplier ready) {
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(Threads.daemons("rule-tick"));
    lifecycle.onStop(() -> stop(ticker));
    long millis = TICK.toMillis();
    ticker.scheduleWithFixedDelay(() -> tick(ruler, ready), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** An exception would end the ticking for good. */
  private void tick(Ruler ruler, BooleanSupplier ready) {
    try {
      if (ready.getAsBoolean()) {
        ruler.tick(clock.instant());
      }
    } catch (RuntimeException | Error e) {
      LOG.error("the ruler has failed, it goes on", e);
    }
  }

  private static void stop(ExecutorService executor) throws InterruptedException {
    executor.shutdownNow();
    executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
