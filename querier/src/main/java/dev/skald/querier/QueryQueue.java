package dev.skald.querier;

import dev.skald.logql.QueryException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Decides whose turn it is. So many queries run at a time; of those that wait, tenants take turns,
 * and within a tenant its users. A query that runs long lets others pass at its checkpoints, so
 * that a short one never waits for a long one to end. Safe for use by any thread.
 */
final class QueryQueue {
  /** After so long a query lets those of other parties pass. */
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

  /** After so long it goes behind those of its own party, too. */
  private static final long LONG_RUN = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int slots;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final FairQueue<Turn> waiting = new FairQueue<>();
  private int running;

  /** Read without the lock, to find out cheaply that nobody waits. */
  private volatile int length;

  /**
   * @param slots how many queries run at a time
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  QueryQueue(int slots, LongSupplier nanoTime) {
    this.slots = slots;
    this.nanoTime = nanoTime;
  }

  /** Returns how many queries have a slot. */
  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many queries wait. */
  int length() {
    return length;
  }

  /**
   * Gets a query in line.
   *
   * @param mayWait how many queries of the tenant may wait
   * @param mayRun how many of the tenant may run at a time
   * @param start is called once, when it is the query's turn: by this call or another thread; it
   *     must not block
   * @throws QueryException if too many wait
   */
  Turn enter(FairQueue.Party party, int mayWait, int mayRun, Runnable start) {
    Turn turn = new Turn(party, mayRun, start);
    lock.lock();
    try {
      if (waiting.sizeOf(party.tenant()) >= mayWait && !isFree(party, mayRun)) {
        throw new QueryException(QueryException.Kind.OVERLOADED, "too many outstanding requests");
      }
      waiting.addLast(party, turn);
      length++;
    } finally {
      lock.unlock();
    }
    dispatch();
    return turn;
  }

  private boolean isFree(FairQueue.Party party, int mayRun) {
    return running < slots && waiting.running(party.tenant()) < mayRun;
  }

  /** Gives free slots to those whose turn it is. */
  private void dispatch() {
    for (Turn next = next(); next != null; next = next()) {
      next.start.run();
    }
  }

  /** Returns the next that has not begun yet and may now; who waits to go on is woken. */
  private Turn next() {
    lock.lock();
    try {
      while (running < slots) {
        Turn turn = waiting.poll(one -> one.mayRun);
        if (turn == null) {
          return null;
        }
        length--;
        running++;
        turn.granted();
        if (!turn.begun) {
          turn.begun = true;
          return turn;
        }
        turn.go.signal();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The place of one query in the line. */
  final class Turn {
    private final FairQueue.Party party;
    private final int mayRun;
    private final Runnable start;
    private final Condition go = lock.newCondition();
    private boolean begun;
    private boolean inLine = true;
    private boolean ended;
    private long since = nanoTime.getAsLong();
    private long waited;
    private long ran;

    private Turn(FairQueue.Party party, int mayRun, Runnable start) {
      this.party = party;
      this.mayRun = mayRun;
      this.start = start;
    }

    private void granted() {
      long now = nanoTime.getAsLong();
      waited += now - since;
      since = now;
      inLine = false;
    }

    /** Returns how long the query has waited in all, in nanoseconds. */
    long waitedNanos() {
      lock.lock();
      try {
        return waited;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Leaves the line if the query has not begun.
     *
     * @return whether it never will
     */
    boolean withdraw() {
      lock.lock();
      try {
        if (begun || ended) {
          return false;
        }
        ended = true;
        leaveLine();
        return true;
      } finally {
        lock.unlock();
      }
    }

    private void leaveLine() {
      waiting.remove(party, this);
      inLine = false;
      length--;
    }

    /** Says that a query that had its turn is over. */
    void end() {
      lock.lock();
      try {
        if (ended) {
          return;
        }
        ended = true;
        if (inLine) {
          leaveLine();
        } else {
          running--;
          waiting.release(party.tenant());
        }
      } finally {
        lock.unlock();
      }
      dispatch();
    }

    /**
     * Lets others pass if some wait and the query has run long enough; for the thread that runs it.
     *
     * @param patience runs now and then while this waits; what it throws ends the waiting, and is
     *     to end the query
     * @throws InterruptedException if the thread is interrupted while this waits
     */
    void letOthersPass(Runnable patience) throws InterruptedException {
      if (length > 0 && nanoTime.getAsLong() - since >= SLICE && stepAside()) {
        dispatch();
        awaitTurn(patience);
      }
    }

    private boolean stepAside() {
      lock.lock();
      try {
        long now = nanoTime.getAsLong();
        boolean others = waiting.hasOtherThan(party);
        boolean behindOwn = ran + now - since >= LONG_RUN;
        if (!others && !behindOwn) {
          return false;
        }
        ran = behindOwn ? 0 : ran + now - since;
        since = now;
        inLine = true;
        running--;
        waiting.release(party.tenant());
        if (behindOwn) {
          waiting.addLast(party, this);
        } else {
          waiting.stepAside(party, this);
        }
        length++;
        return true;
      } finally {
        lock.unlock();
      }
    }

    private void awaitTurn(Runnable patience) throws InterruptedException {
      lock.lock();
      try {
        while (inLine) {
          go.awaitNanos(LOOK_NANOS);
          if (inLine) {
            patience.run();
          }
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
