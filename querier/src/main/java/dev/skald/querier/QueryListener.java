package dev.skald.querier;

/** Hears of what becomes of queries. Safe for use by any thread. */
public interface QueryListener {
  /** Hears nothing. */
  QueryListener NONE = (caller, query) -> {};

  /** A query was refused because an operator has blocked it. */
  void blocked(Caller caller, String query);
}
