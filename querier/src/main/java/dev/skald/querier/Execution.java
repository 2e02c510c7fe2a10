package dev.skald.querier;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One run of a query, for one or more who asked the same. It is cancelled when the last of them
 * leaves, and its memory is given back when it is over and the last of them has closed its answer.
 * Safe for use by any thread.
 */
final class Execution<T> implements Runnable {
  private final QueryRun run;
  private final Function<QueryRun, T> task;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final Runnable whenOver;
  private QueryQueue.Turn turn;
  private int askers;
  private boolean over;
  private boolean closed;

  /**
   * @param whenOver runs when nobody may join any more
   */
  Execution(QueryRun run, Function<QueryRun, T> task, Runnable whenOver) {
    this.run = run;
    this.task = task;
    this.whenOver = whenOver;
  }

  /**
   * Counts one who waits for the answer, and gives the run that much time.
   *
   * @return false if it is too late for that
   */
  synchronized boolean join(long timeoutNanos) {
    if (over || closed) {
      return false;
    }
    askers++;
    run.allow(timeoutNanos);
    return true;
  }

  /** Says which place in the line this has. */
  void take(QueryQueue.Turn ownTurn) {
    boolean wanted;
    synchronized (this) {
      turn = ownTurn;
      wanted = !over && !closed;
    }
    run.take(ownTurn);
    if (!wanted) {
      withdraw(ownTurn);
    }
  }

  CompletableFuture<T> outcome() {
    return outcome;
  }

  Held<T> held(T value) {
    return new Held<>(value, run.account(), this::leave);
  }

  /** One of those who waited, or who had the answer, needs it no more. */
  void leave() {
    QueryQueue.Turn own;
    synchronized (this) {
      if (--askers > 0) {
        return;
      }
      closed = true;
      own = turn;
      if (over) {
        run.account().close();
        return;
      }
    }
    run.cancel();
    if (own != null) {
      withdraw(own);
    }
  }

  /** Ends what has not begun, and the turn of what is over. */
  private void withdraw(QueryQueue.Turn own) {
    boolean never = own.withdraw();
    boolean ended;
    synchronized (this) {
      ended = over;
    }
    if (never && !ended) {
      fail(QueryRun.cancellation());
    } else if (ended) {
      own.end();
    }
  }

  @Override
  public void run() {
    T value;
    try {
      run.checkpoint();
      value = task.apply(run);
    } catch (Throwable failure) {
      // Whoever waits is told, whatever it was: no thread ends with nobody knowing.
      fail(failure);
      return;
    }
    try {
      settle(false);
    } finally {
      outcome.complete(value);
    }
  }

  /** Says that the run cannot be had, or has failed. */
  void fail(Throwable failure) {
    try {
      settle(true);
    } finally {
      outcome.completeExceptionally(failure);
    }
  }

  private void settle(boolean failed) {
    whenOver.run();
    QueryQueue.Turn own;
    synchronized (this) {
      over = true;
      own = turn;
      closed |= failed;
      if (closed) {
        run.account().close();
      }
    }
    if (own != null) {
      own.end();
    }
  }
}
