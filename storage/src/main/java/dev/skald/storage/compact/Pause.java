package dev.skald.storage.compact;

/** Lets the thread that calls it wait. */
@FunctionalInterface
public interface Pause {

  /** Returns after about so many nanoseconds, or earlier. */
  void sleep(long nanos);
}
