package dev.skald.querier.tail;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory everything takes that waits for tails. Safe for use by any thread. */
final class TailMemory {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  TailMemory(long limit) {
    this.limit = limit;
  }

  /** Takes some bytes, or nothing if there are too few. */
  boolean tryTake(long bytes) {
    return tryTake(bytes, 0);
  }

  /**
   * Takes some bytes for one who holds some already. Nobody gets more than is left for all others:
   * one who takes and takes has half of it all in the end, two a third each.
   */
  boolean tryTake(long bytes, long held) {
    if (taken.addAndGet(bytes) + held <= limit) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
