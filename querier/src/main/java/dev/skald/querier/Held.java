package dev.skald.querier;

import java.util.function.Function;

/**
 * Something that takes of the memory of all queries until it is closed. Close it when the reply is
 * written; closing again does nothing.
 */
public final class Held<T> implements AutoCloseable {
  private final T value;
  private final QueryMemory.Account account;
  private Runnable release;

  /**
   * @param account null where nothing is counted
   * @param release gives the memory back
   */
  Held(T value, QueryMemory.Account account, Runnable release) {
    this.value = value;
    this.account = account;
    this.release = release;
  }

  /** Returns something that takes no memory. */
  public static <T> Held<T> of(T value) {
    return new Held<>(value, null, () -> {});
  }

  /** Returns a part of this, or something made of it; closing that closes this. */
  public <R> Held<R> map(Function<T, R> part) {
    return new Held<>(part.apply(value), account, this::close);
  }

  public T value() {
    return value;
  }

  /**
   * Says how to end the reply before its time, where other queries need the memory more.
   *
   * @param task is called by any thread, at most once, and must be quick
   */
  public void whenGivingWay(Runnable task) {
    if (account != null) {
      account.whenGivingWay(task);
    }
  }

  @Override
  public synchronized void close() {
    Runnable task = release;
    release = () -> {};
    task.run();
  }
}
