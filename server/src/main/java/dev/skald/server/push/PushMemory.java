package dev.skald.server.push;

import java.util.concurrent.Semaphore;

/**
 * Bounds what all pushes together hold once decompressed, so that small bodies that stand for large
 * ones wait for each other instead of filling the heap. Safe for use by any thread; whoever asks
 * first is served first.
 */
public final class PushMemory {
  private static final int UNIT = 1 << 10;
  private static final int USUAL_RATIO = 8;
  private static final int GROWTH = 4;

  private final Semaphore units;
  private final int capacity;
  private final int maxDecompressed;

  /** Takes in a push that has been given its memory. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * @param decompressor refuses what does not fit into the memory
     */
    T with(BodyDecompressor decompressor) throws DecodeException, InterruptedException;
  }

  /**
   * @param capacity for all pushes, in bytes
   * @param maxDecompressed for one push, in bytes; no more than the capacity counts
   */
  public PushMemory(int capacity, long maxDecompressed) {
    this.capacity = capacity;
    this.maxDecompressed = (int) Math.min(capacity, maxDecompressed);
    this.units = new Semaphore(units(capacity), true);
  }

  /**
   * Returns the largest body that may be received, of which this is one limit and memory another.
   */
  int maxBody(int configured) {
    return Math.min(configured, capacity);
  }

  /**
   * Does the work when there is memory for it. How much a compressed body stands for is known only
   * once it is decompressed: where the first guess was too small, everything is given back and the
   * work begins again with more, so that no push waits while it holds what another waits for.
   *
   * @throws DecodeException if the work throws it, or more than the limit would be needed
   */
  <T> T run(int body, boolean compressed, Work<T> work)
      throws DecodeException, InterruptedException {
    long guess = compressed ? body * (long) USUAL_RATIO + (1 << 16) : body;
    int bytes = (int) Math.min(maxDecompressed, guess);
    while (true) {
      int taken = units(Math.max(bytes, Math.min(body, capacity)));
      units.acquire(taken);
      try {
        return work.with(new BodyDecompressor(bytes));
      } catch (DecodeException.TooLarge e) {
        if (bytes == maxDecompressed) {
          throw e;
        }
      } finally {
        units.release(taken);
      }
      bytes = (int) Math.min(maxDecompressed, bytes * (long) GROWTH);
    }
  }

  private static int units(int bytes) {
    return bytes / UNIT + 1;
  }
}
