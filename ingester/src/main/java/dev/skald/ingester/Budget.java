package dev.skald.ingester;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of something all heads may take together. Who wants more waits a while until a head is
 * sealed; once that was in vain nobody waits again until something is given back, so that writers
 * hear of it at once and no queue builds up behind the waiting. Safe for use by any thread.
 */
final class Budget {
  private final long limit;
  private final long waitNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private long used;
  private boolean worthWaiting = true;

  /**
   * @param limit how much there is; whoever comes first may have more
   * @param waitMillis how long {@link #take(long)} waits at most
   */
  Budget(long limit, long waitMillis) {
    this.limit = limit;
    this.waitNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
  }

  long limit() {
    return limit;
  }

  long used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an amount if it is there at once. */
  boolean tryTake(long amount) {
    lock.lock();
    try {
      return takeIfFree(amount, limit);
    } finally {
      lock.unlock();
    }
  }

  /** Takes an amount; false if it is not there, and waiting for it is in vain. */
  boolean take(long amount) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      worthWaiting = await(amount, limit, worthWaiting ? waitNanos : 0);
      return worthWaiting;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes an amount; false if it is not there within the time.
   *
   * @param most how much may be taken then in all, if that is less than the limit
   */
  boolean take(long amount, long most, long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return await(amount, Math.min(limit, most), TimeUnit.MILLISECONDS.toNanos(millis));
    } finally {
      lock.unlock();
    }
  }

  /** Takes more, or gives back if negative, whatever the limit: it has turned out so. */
  void correct(long amount) {
    lock.lock();
    try {
      used += amount;
      if (amount < 0) {
        worthWaiting = true;
        freed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void giveBack(long amount) {
    correct(-amount);
  }

  private boolean await(long amount, long most, long nanos) throws InterruptedException {
    long left = nanos;
    while (!takeIfFree(amount, most)) {
      if (left <= 0) {
        return false;
      }
      left = freed.awaitNanos(left);
    }
    return true;
  }

  private boolean takeIfFree(long amount, long most) {
    if (used > 0 && used + amount > most) {
      return false;
    }
    used += amount;
    return true;
  }
}
