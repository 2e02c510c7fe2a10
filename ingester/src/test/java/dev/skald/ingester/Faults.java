package dev.skald.ingester;

import java.io.IOException;

/**
 * Lets some operations of a disk or a store fail, counted from the first on. Before an operation
 * that fails has had its effect, or after: whoever asked cannot tell.
 */
final class Faults {
  private int done;
  private int from = Integer.MAX_VALUE;
  private int count;
  private boolean afterEffect;

  /** What may fail. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /** What may fail and returns nothing. */
  interface Action {
    void run() throws IOException;
  }

  /**
   * @param afterEffect whether the first of them has its effect all the same
   */
  synchronized void fail(int firstOperation, int operations, boolean afterEffect) {
    this.from = firstOperation;
    this.count = operations;
    this.afterEffect = afterEffect;
  }

  /** Nothing fails any more. */
  synchronized void end() {
    from = Integer.MAX_VALUE;
  }

  /** Returns how many operations there were. */
  synchronized int operations() {
    return done;
  }

  synchronized <T> T run(Operation<T> operation) throws IOException {
    int number = done++;
    if (number < from || number - from >= count) {
      return operation.run();
    }
    if (number == from && afterEffect) {
      operation.run();
    }
    throw new IOException("operation " + number + " has failed");
  }

  void act(Action action) throws IOException {
    run(
        () -> {
          action.run();
          return null;
        });
  }
}
