package dev.skald.logql.eval;

/** The order in which the entries of a log query are wanted. */
public enum Direction {
  /** Oldest first. */
  FORWARD,
  /** Newest first. */
  BACKWARD
}
