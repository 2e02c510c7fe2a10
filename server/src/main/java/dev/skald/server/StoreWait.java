package dev.skald.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for an object store that is not there yet: it is often started together with Skald, and its
 * buckets and users are made a little later.
 *
 * @param patience how long to wait
 * @param nanoTime as {@link System#nanoTime}
 */
record StoreWait(Duration patience, LongSupplier nanoTime, Pause pause) {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);

  /** Lets time pass, as {@link Thread#sleep(Duration)}. */
  interface Pause {
    void forSome(Duration time) throws InterruptedException;
  }

  /** Says by an exception why the store cannot be used. */
  interface Check {
    void run() throws IOException;
  }

  /**
   * Returns once a check has passed.
   *
   * @throws IOException with what the last check said, when patience is at its end
   */
  void until(Check check) throws IOException {
    long start = nanoTime.getAsLong();
    String said = "";
    while (true) {
      try {
        check.run();
        return;
      } catch (InterruptedIOException interrupted) {
        throw interrupted;
      } catch (IOException failure) {
        Duration waited = Duration.ofNanos(nanoTime.getAsLong() - start);
        if (waited.plus(BETWEEN_CHECKS).compareTo(patience) > 0) {
          throw new IOException(
              "the object store cannot be used, after %d s of trying: %s"
                  .formatted(waited.toSeconds(), failure.getMessage()),
              failure);
        }
        if (!said.equals(failure.getMessage())) {
          said = failure.getMessage();
          LOG.warn(
              "the object store cannot be used yet, trying for another {} s: {}",
              patience.minus(waited).toSeconds(),
              said);
        }
        sleep();
      }
    }
  }

  private void sleep() throws IOException {
    try {
      pause.forSome(BETWEEN_CHECKS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the object store");
    }
  }
}
