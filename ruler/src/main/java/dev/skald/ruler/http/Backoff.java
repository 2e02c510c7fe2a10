package dev.skald.ruler.http;

import java.time.Duration;
import java.time.Instant;

/**
 * When a server that could not be reached is tried again: each wait is twice the one before. Not
 * safe for use by several threads.
 */
public final class Backoff {
  private final Duration least;
  private final Duration most;
  private Duration next;
  private Instant until = Instant.MIN;

  public Backoff(Duration least, Duration most) {
    this.least = least;
    this.most = most.compareTo(least) < 0 ? least : most;
    this.next = least;
  }

  /** Whether it is time to try. */
  public boolean over(Instant now) {
    return !now.isBefore(until);
  }

  public void succeeded() {
    next = least;
    until = Instant.MIN;
  }

  /**
   * @param asked the server's own wish, which counts where it is longer
   */
  public void failed(Instant now, Duration asked) {
    until = now.plus(asked.compareTo(next) > 0 ? asked : next);
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(most) > 0 ? most : twice;
  }

  public Instant until() {
    return until;
  }
}
