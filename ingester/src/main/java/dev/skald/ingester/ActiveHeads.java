package dev.skald.ingester;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much the heads that take rows hold, and which of them is to be sealed early so that others
 * have room. Safe for use by any thread.
 */
final class ActiveHeads {
  private final AtomicLongArray bytes;

  ActiveHeads(int shards) {
    this.bytes = new AtomicLongArray(shards);
  }

  /** Notes how much the head of a shard takes, 0 if it has none. */
  void set(int shard, long taken) {
    bytes.set(shard, taken);
  }

  /**
   * Returns the shard with the largest head, which counts as empty from now on, or -1 if all heads
   * fit.
   *
   * @param room bytes that all of them may take
   */
  int claimLargest(long room) {
    long sum = 0;
    int largest = 0;
    for (int i = 0; i < bytes.length(); i++) {
      long taken = bytes.get(i);
      sum += taken;
      largest = taken > bytes.get(largest) ? i : largest;
    }
    long taken = bytes.get(largest);
    return sum > room && taken > 0 && bytes.compareAndSet(largest, taken, 0) ? largest : -1;
  }
}
