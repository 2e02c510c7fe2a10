package dev.skald.ruler.remotewrite;

/** Hears how recorded samples are sent. Called from any thread; must not block. */
public interface RemoteWriteListener {
  /** Why samples are not sent. */
  enum Reason {
    /** The queue is full; these were the oldest. */
    FULL,
    /** They have waited for too long. */
    OLD,
    /** The receiver does not want them. */
    REFUSED,
    /** What lies on disk is not what was written. */
    CORRUPT
  }

  /** Samples were recorded that are to be sent somewhere. */
  void appended(String tenant, int samples);

  /** A receiver has taken samples. */
  void sent(String tenant, String client, int samples);

  /** A receiver could not be reached, or is too busy; the samples will be sent again. */
  void retried(String tenant, String client, int samples);

  void dropped(String tenant, String client, long samples, Reason reason);

  /** How much waits for a receiver. */
  void waiting(String tenant, String client, long samples, long bytes);
}
