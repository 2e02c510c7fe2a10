package dev.skald.storage.compact;

import java.time.Duration;
import java.time.Instant;

/** Hears what a {@link Compactor} does. Called from several threads; must not block. */
public interface CompactionListener {
  CompactionListener NONE = new CompactionListener() {};

  /**
   * Segments have become one, or none where no row was to be kept.
   *
   * @param bytes length of the segment that they became
   * @param duplicates entries that were left out as they were there already
   * @param took with the pauses in between
   */
  default void merged(Merge merge, long bytes, long duplicates, Duration took) {}

  /**
   * A merge has failed and will be tried again, without a segment that turned out to be corrupt.
   */
  default void failed(Merge merge, Exception failure) {}

  /** Nothing is left to be merged at a time. */
  default void caughtUp(Instant now) {}
}
