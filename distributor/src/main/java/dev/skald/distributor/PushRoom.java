package dev.skald.distributor;

/**
 * The memory that a push may take. What is made of its bytes can be many times as large as they
 * are, an entry of two bytes for example, so it is asked for before it is made.
 */
public interface PushRoom {
  /** As much as anybody wants. */
  PushRoom UNBOUNDED = bytes -> {};

  /**
   * Takes memory until the push is done.
   *
   * @throws Exceeded if there is not as much
   */
  void take(long bytes);

  /** A push needs more memory than it may have, or than there is now. */
  final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Exceeded() {
      super("a push takes too much memory", null, false, false);
    }
  }
}
