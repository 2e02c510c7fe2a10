package dev.skald.ingester;

import dev.skald.storage.SealEffort;
import java.util.Locale;

/**
 * Why a head takes no more and is sealed; the first four are Loki's (config-and-clients.md §3.2).
 */
public enum SealReason {
  /** It is as large as it may be. */
  FULL,
  /** Nothing was written to it for {@code chunk_idle_period}. */
  IDLE,
  /** It is as old as it may be. */
  MAX_AGE,
  /** Somebody has asked for it, or the process stops. */
  FORCED,
  /** All heads together take too much memory, and it is the largest. */
  MEMORY,
  /** Its log cannot be written any more. */
  LOG_FAILED,
  /** It holds a log of the last run. */
  REPLAYED;

  /** Returns the name that metrics have. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns how much the seal may cost. */
  SealEffort effort() {
    // What else is in the log waits for such a seal, and the start for all of them.
    return this == REPLAYED ? SealEffort.LEAST : SealEffort.USUAL;
  }
}
