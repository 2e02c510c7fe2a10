package dev.skald.server;

import dev.skald.config.ConfigException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things again and again, one after the other on one thread, whatever they throw. */
final class Ticker {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final ScheduledExecutorService thread;

  Ticker(Lifecycle lifecycle) {
    thread = Executors.newSingleThreadScheduledExecutor(Threads.daemons("tick"));
    lifecycle.onStop(thread::shutdownNow);
  }

  /**
   * @param what is done, for the log
   */
  void every(Duration period, String what, Runnable task) {
    long millis = period.toMillis();
    thread.scheduleAtFixedRate(() -> guarded(what, task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A task that fails once is tried again; an exception would end it for good. */
  private static void guarded(String what, Runnable task) {
    try {
      task.run();
    } catch (ConfigException e) {
      LOG.error("{} failed: {}", what, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed", what, e);
    }
  }
}
