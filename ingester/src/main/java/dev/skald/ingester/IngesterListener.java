package dev.skald.ingester;

/** Hears what comes into memory and leaves it. Called by any thread; must not block. */
public interface IngesterListener {
  /** Hears nothing. */
  IngesterListener NONE = new IngesterListener() {};

  /** A stream of a tenant is known that was not. */
  default void created(String tenant) {}

  /** So many streams of a tenant are forgotten, as nothing was written to them for long. */
  default void removed(String tenant, int streams) {}

  /**
   * What one stream had in one head is stored for good.
   *
   * @param why its head was sealed
   * @param ageNanos since the head was begun
   */
  default void sealed(String tenant, SealReason why, int entries, long ageNanos) {}
}
