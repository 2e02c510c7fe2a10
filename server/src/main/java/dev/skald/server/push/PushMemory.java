package dev.skald.server.push;

import dev.skald.distributor.PushRoom;
import java.util.concurrent.Semaphore;

/**
 * Bounds what all pushes together hold once decompressed and decoded, so that small bodies that
 * stand for large ones wait for each other instead of filling the heap. Safe for use by any thread;
 * whoever asks first is served first.
 */
public final class PushMemory {
  private static final int USUAL_RATIO = 8;
  private static final int USUAL_GROWTH = 2;
  private static final int USUAL_REST = 1 << 16;
  private static final int GROWTH = 4;

  private final Semaphore units;
  private final int capacity;
  private final int maxDecompressed;

  /** Takes in a push that has been given its memory. */
  @FunctionalInterface
  interface Work<T> {
    T with(PushGrant grant) throws DecodeException, InterruptedException;
  }

  /**
   * @param capacity for all pushes, in bytes
   * @param maxDecompressed for the body of one push, in bytes; no more than the capacity counts
   */
  public PushMemory(int capacity, long maxDecompressed) {
    this.capacity = capacity;
    this.maxDecompressed = (int) Math.min(capacity, maxDecompressed);
    this.units = new Semaphore(PushGrant.units(capacity), true);
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
   * work begins again with more, so that no push waits while it holds what another waits for. A
   * body that is not compressed may be changed by the work, so that it has one try.
   *
   * @throws DecodeException if the work throws it, or more than the limit would be needed, or more
   *     than is free now
   */
  <T> T run(int body, boolean compressed, Work<T> work)
      throws DecodeException, InterruptedException {
    long guess = body * (long) (compressed ? USUAL_RATIO : USUAL_GROWTH) + USUAL_REST;
    while (true) {
      int bytes = (int) Math.min(capacity, guess);
      try (PushGrant grant = PushGrant.await(units, bytes, maxDecompressed)) {
        if (!compressed) {
          grant.take(Math.min(body, bytes));
        }
        return work.with(grant);
      } catch (DecodeException.TooLarge e) {
        if (Math.min(bytes, maxDecompressed) == maxDecompressed) {
          throw e;
        }
      } catch (PushRoom.Exceeded e) {
        refuse(bytes, compressed);
      }
      guess = bytes * (long) GROWTH;
    }
  }

  private void refuse(int bytes, boolean compressed) throws DecodeException {
    if (bytes == capacity) {
      throw new DecodeException(
          413,
          "request body too large: its streams, entries and labels take more than the "
              + capacity
              + " bytes that there are for all pushes");
    }
    if (!compressed) {
      throw new DecodeException(
          DecodeException.LATER, "too many streams and entries in the pushes of this moment");
    }
  }
}
