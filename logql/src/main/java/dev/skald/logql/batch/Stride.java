package dev.skald.logql.batch;

import java.util.Comparator;

/**
 * Counts small pieces of work and pauses after so many, so that a long loop can be left in the
 * middle though a look at every turn would cost too much. Not safe for use by several threads.
 */
public final class Stride {
  private final Runnable pause;
  private final long length;
  private long left;

  /**
   * @param pause looks whether the work is still wanted; what it throws ends the work
   * @param length how much work lies between two pauses
   */
  public Stride(Runnable pause, long length) {
    this.pause = pause;
    this.length = length;
    this.left = length;
  }

  /** Counts one piece of work. */
  public void step() {
    step(1);
  }

  /** Counts some work, which is done at once. */
  public void step(long work) {
    left -= work;
    if (left <= 0) {
      left = length;
      pause.run();
    }
  }

  /** Returns an order that counts each comparison as one piece of work: a sort ends early by it. */
  public <T> Comparator<T> counting(Comparator<? super T> order) {
    return (a, b) -> {
      step();
      return order.compare(a, b);
    };
  }
}
