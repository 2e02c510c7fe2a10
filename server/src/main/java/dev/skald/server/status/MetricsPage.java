package dev.skald.server.status;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The page of metrics. Clients read it one after the other: while it is brought up to date, the
 * same sample may be there twice for a moment, which the library refuses to show. Safe for use by
 * any thread.
 */
public final class MetricsPage {
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable refresh;
  private final UnaryOperator<String> scrape;

  /**
   * @param refresh brings what is shown up to date
   * @param scrape makes the page in the format that a client accepts
   */
  public MetricsPage(Runnable refresh, UnaryOperator<String> scrape) {
    this.refresh = refresh;
    this.scrape = scrape;
  }

  /** Returns the page in the format that a client accepts. */
  public String text(String type) {
    lock.lock();
    try {
      refresh.run();
      return scrape.apply(type);
    } finally {
      lock.unlock();
    }
  }
}
