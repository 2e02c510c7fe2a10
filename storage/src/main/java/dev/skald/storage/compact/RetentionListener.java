package dev.skald.storage.compact;

import java.time.Instant;

/** Hears what a {@link Retention} does. Must not block. */
public interface RetentionListener {
  RetentionListener NONE = new RetentionListener() {};

  /** All is removed that was to be removed at a time. */
  default void applied(Instant now) {}

  /** Something could not be removed; it is tried again. */
  default void failed() {}

  /** Whole segments were removed. */
  default void removed(int segments, long bytes) {}

  /** A segment was written again without some of its lines. */
  default void rewritten() {}

  /** A delete request is done. */
  default void processed(String tenant) {}
}
