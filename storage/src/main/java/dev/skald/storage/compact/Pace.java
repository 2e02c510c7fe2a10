package dev.skald.storage.compact;

/** Holds back work that nobody waits for. */
@FunctionalInterface
public interface Pace {
  Pace UNLIMITED = bytes -> {};

  /**
   * Called again and again by the thread that works; may wait.
   *
   * @param bytes read or written since the last call
   * @throws java.util.concurrent.CancellationException if the work is to be given up
   */
  void spend(long bytes);
}
