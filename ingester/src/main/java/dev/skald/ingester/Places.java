package dev.skald.ingester;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many heads there may be in all, which bounds memory. Who wants a place waits a while until a
 * head is sealed; once that was in vain nobody waits again until a place is free, so that writers
 * hear of it at once and no queue builds up behind the waiting. Safe for use by any thread.
 */
final class Places {
  private final Semaphore free;
  private final long waitMillis;
  private volatile boolean worthWaiting = true;

  /**
   * @param most how many heads there may be
   * @param waitMillis how long {@link #take} waits at most
   */
  Places(int most, long waitMillis) {
    this.free = new Semaphore(most);
    this.waitMillis = waitMillis;
  }

  /** Takes a place for a new head; false if there is none. */
  boolean take() throws InterruptedException {
    return take(worthWaiting ? waitMillis : 0);
  }

  /** Takes a place for a new head; false if there is none within the time. */
  boolean take(long millis) throws InterruptedException {
    boolean taken = free.tryAcquire(millis, TimeUnit.MILLISECONDS);
    worthWaiting = taken;
    return taken;
  }

  /** Gives a place back. */
  void giveBack() {
    worthWaiting = true;
    free.release();
  }
}
