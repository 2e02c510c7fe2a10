package dev.skald.storage.object;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all that is read ahead may take together. Nobody waits for it: who gets nothing
 * reads later. Safe for use by any thread.
 */
public final class ByteBudget {
  private final AtomicLong left;

  public ByteBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Takes so many bytes if they are left. */
  public boolean tryTake(long bytes) {
    long now = left.get();
    while (bytes <= now) {
      if (left.compareAndSet(now, now - bytes)) {
        return true;
      }
      now = left.get();
    }
    return false;
  }

  /** Takes so many bytes even if they are not left: for what somebody needs at once. */
  public void take(long bytes) {
    left.addAndGet(-bytes);
  }

  public void give(long bytes) {
    left.addAndGet(bytes);
  }

  /** Returns how many bytes are left; negative if more had to be taken. */
  public long left() {
    return left.get();
  }
}
