package dev.skald.distributor;

import java.time.InstantSource;

/** A token bucket: so many bytes a second, so many at once. Safe for use by any thread. */
final class TokenBucket {
  private final InstantSource clock;
  private double tokens;
  private long updatedMillis;

  /** When it is full if nothing is taken meanwhile. */
  private long fullMillis;

  TokenBucket(InstantSource clock, double full) {
    this.clock = clock;
    this.tokens = full;
    this.updatedMillis = clock.millis();
  }

  /**
   * Takes tokens if there are enough; otherwise none.
   *
   * @param rate tokens that come in a second
   * @param burst most tokens that are kept
   */
  synchronized boolean take(double wanted, double rate, double burst) {
    long now = clock.millis();
    // A clock that was set back takes nothing away, and time goes on from there.
    double elapsed = Math.max(0, now - updatedMillis) / 1000.0;
    updatedMillis = now;
    tokens = Math.min(burst, tokens + elapsed * rate);
    boolean enough = tokens >= wanted;
    tokens -= enough ? wanted : 0;
    fullMillis = now + (long) Math.ceil((burst - tokens) / rate * 1000);
    return enough;
  }

  /** Returns whether it is as good as a new one. */
  synchronized boolean isFull() {
    return clock.millis() >= fullMillis;
  }
}
