package dev.skald.logql.eval;

import dev.skald.logql.QueryException;
import java.time.Instant;

/** A server that counts what a query holds, and has no more than so much for it. */
final class CountingContext implements QueryContext {
  static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  private final long room;
  private long reserved;
  private int checkpoints;
  private int patience = Integer.MAX_VALUE;

  CountingContext() {
    this(Long.MAX_VALUE);
  }

  CountingContext(long room) {
    this.room = room;
  }

  /** Lets a query pass so many checkpoints, then no more. */
  CountingContext cancelAfter(int someCheckpoints) {
    patience = someCheckpoints;
    return this;
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public void checkpoint() {
    if (++checkpoints > patience) {
      throw new QueryException(QueryException.Kind.CANCELLED, "cancelled");
    }
  }

  @Override
  public void reserve(long bytes) {
    reserved += bytes;
    if (reserved > room) {
      throw new QueryException(QueryException.Kind.OVERLOADED, "no room");
    }
  }

  long reserved() {
    return reserved;
  }

  int checkpoints() {
    return checkpoints;
  }
}
