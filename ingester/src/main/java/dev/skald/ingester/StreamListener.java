package dev.skald.ingester;

/** Hears which streams come and go. Called by any thread; must not block. */
public interface StreamListener {
  /** Hears nothing. */
  StreamListener NONE = new StreamListener() {};

  /** A stream of a tenant is known that was not. */
  default void created(String tenant) {}

  /** So many streams of a tenant are forgotten, as nothing was written to them for long. */
  default void removed(String tenant, int streams) {}
}
