package dev.skald.querier;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all queries may hold together, from their first block to the last byte of their
 * replies. Where it does not suffice, the query that holds the most gives way, so that small ones
 * get through whatever large ones do; who asked waits until there is room. Safe for use by any
 * thread.
 */
final class QueryMemory {
  /** Memory is taken in pieces of this size, as a query asks for a little at a time. */
  private static final long PIECE = 128 << 10;

  /** A query that holds so much less than it has taken gives the rest back. */
  private static final long SPARE = 1 << 20;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * After so many looks at what they still hold, others have to go than those that were told to.
   */
  private static final int LOOKS = 50;

  private final long total;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Set<Account> accounts = new LinkedHashSet<>();
  private long used;

  /** Of what is used, the part of those that were told to give way. */
  private long leaving;

  /**
   * @param total in bytes
   */
  QueryMemory(long total) {
    this.total = total;
  }

  long total() {
    return total;
  }

  /** Returns how much all queries hold, in bytes. */
  long used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** Opens the account of a query. */
  Account open() {
    Account account = new Account();
    lock.lock();
    try {
      accounts.add(account);
    } finally {
      lock.unlock();
    }
    return account;
  }

  /** What one query holds. One thread at a time holds and lets go; any thread may close. */
  final class Account implements AutoCloseable {
    private long taken;
    private volatile boolean givesWay;
    private Runnable whenGivingWay = () -> {};

    /**
     * Says how much the query holds from now on, and waits until there is room for it.
     *
     * @param patience runs now and then while this waits; what it throws ends the waiting
     * @return false if the query is to give way: it has what it had, and should close soon
     * @throws InterruptedException if the thread is interrupted while this waits
     */
    boolean hold(long bytes, Runnable patience) throws InterruptedException {
      if (bytes > taken || taken - bytes > SPARE) {
        resize(Math.ceilDiv(bytes, PIECE) * PIECE, patience);
      }
      return !givesWay;
    }

    private void resize(long wanted, Runnable patience) throws InterruptedException {
      lock.lock();
      try {
        for (int looks = 1; !givesWay && used + wanted - taken > total && wanted > taken; looks++) {
          makeRoom(this, wanted - taken);
          if (looks % LOOKS == 0) {
            largest(this, wanted - taken).giveWay();
          }
          if (!givesWay) {
            freed.awaitNanos(LOOK_NANOS);
            patience.run();
          }
        }
        if (!givesWay || wanted < taken) {
          change(wanted - taken);
        }
      } finally {
        lock.unlock();
      }
    }

    private void change(long more) {
      used += more;
      leaving += givesWay ? more : 0;
      taken += more;
      if (more < 0) {
        freed.signalAll();
      }
    }

    private void giveWay() {
      givesWay = true;
      leaving += taken;
      whenGivingWay.run();
    }

    /** Returns whether others need the memory more. */
    boolean givesWay() {
      return givesWay;
    }

    /**
     * Says what is to be done when the query has to give way.
     *
     * @param task must be quick
     */
    void whenGivingWay(Runnable task) {
      lock.lock();
      try {
        whenGivingWay = task;
        if (givesWay) {
          task.run();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (accounts.remove(this)) {
          change(-taken);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Tells queries to give way, the largest first, until what they hold would be enough. */
  private void makeRoom(Account asking, long more) {
    while (!asking.givesWay && used - leaving + more > total) {
      largest(asking, more).giveWay();
    }
  }

  /** Returns who would hold the most of those that stay. */
  private Account largest(Account asking, long more) {
    Account largest = asking;
    long most = asking.taken + more;
    for (Account account : accounts) {
      if (!account.givesWay && account != asking && account.taken > most) {
        largest = account;
        most = account.taken;
      }
    }
    return largest;
  }
}
