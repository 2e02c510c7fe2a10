package dev.skald.logql.batch;

/** In what order a query will read the blocks that it selects, so that a source can read ahead. */
public enum ReadOrder {
  /** All blocks, by their least time. */
  EVERYTHING,
  /** By their least time, until the query has enough. */
  OLDEST_FIRST,
  /** By their greatest time, from the newest on, until the query has enough. */
  NEWEST_FIRST
}
