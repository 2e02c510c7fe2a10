package dev.skald.server.query;

import dev.skald.querier.Answer;
import dev.skald.querier.QueryType;

/** Is told of every query that can be read. Called by many threads at once. */
public interface QueryObserver {
  /**
   * A query as metrics tell it from others.
   *
   * @param range {@code instant} for one moment, {@code range} for a range of time
   */
  record Kind(QueryType type, String range) {}

  /** A query was evaluated, and its answer is about to be sent. */
  void evaluated(Kind kind, Answer answer);

  /**
   * A query has its reply, or its client has gone.
   *
   * @param status of the reply
   * @param nanos since the request was there
   */
  void answered(Kind kind, int status, long nanos);
}
