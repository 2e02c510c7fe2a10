package dev.skald.ruler.remotewrite;

import java.time.Instant;

/** One object of a queue, saved or yet to be saved. Safe for use by any thread. */
final class Part {
  private final String key;
  private final int samples;
  private final Instant savedAt;
  private final int bytes;
  private volatile byte[] unsaved;

  /** One that lies on disk. */
  Part(String key, int samples, Instant savedAt, int bytes) {
    this.key = key;
    this.samples = samples;
    this.savedAt = savedAt;
    this.bytes = bytes;
  }

  /**
   * One that is in memory only.
   *
   * @param unsaved the whole object
   */
  Part(String key, int samples, Instant made, byte[] unsaved) {
    this(key, samples, made, unsaved.length);
    this.unsaved = unsaved;
  }

  String key() {
    return key;
  }

  int samples() {
    return samples;
  }

  Instant savedAt() {
    return savedAt;
  }

  int bytes() {
    return bytes;
  }

  /** The whole object as long as it is not saved, then null. */
  byte[] unsaved() {
    return unsaved;
  }

  void saved() {
    unsaved = null;
  }
}
