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
  synchronized void take(QueryQueue.Turn ownTurn) {
    turn = ownTurn;
    run.take(ownTurn);
    if (closed) {
      withdraw();
    }
  }

  CompletableFuture<T> outcome() {
    return outcome;
  }

  Held<T> held(T value) {
    return new Held<>(value, run.account(), this::leave);
  }

  /** One of those who waited, or who had the answer, needs it no more. */
  synchronized void leave() {
    if (--askers > 0) {
      return;
    }
    closed = true;
    if (over) {
      run.account().close();
    } else {
      run.cancel();
      withdraw();
    }
  }

  private void withdraw() {
    if (turn != null && turn.withdraw()) {
      finish();
    }
  }

  @Override
  public void run() {
    try {
      run.checkpoint();
      outcome.complete(task.apply(run));
    } catch (Throwable failure) {
      // Whoever waits is told, whatever it was: no thread ends with nobody knowing.
      outcome.completeExceptionally(failure);
    } finally {
      finish();
    }
  }

  /** Is called when the run cannot be had, or is over. */
  void fail(Throwable failure) {
    outcome.completeExceptionally(failure);
    finish();
  }

  private void finish() {
    whenOver.run();
    QueryQueue.Turn own;
    synchronized (this) {
      over = true;
      own = turn;
      if (closed || outcome.isCompletedExceptionally()) {
        closed = true;
        run.account().close();
      }
    }
    if (own != null) {
      own.end();
    }
  }
}
