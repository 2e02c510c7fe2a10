package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Answer;
import dev.skald.querier.Held;
import dev.skald.querier.QueryType;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.query.QueryObserver.Kind;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes handlers of what answers queries, and tells an observer how each went. Safe for use by any
 * thread.
 *
 * @param nanoTime a clock such as {@link System#nanoTime}
 */
public record ObservedQueries(QueryObserver observer, LongSupplier nanoTime) {
  /** What Loki, as nginx, answers to who has gone. */
  private static final int GONE = 499;

  /** Answers a request. */
  @FunctionalInterface
  interface Answering {
    Held<Answer> answer(Request request) throws InterruptedException;
  }

  /** Writes an answer, and closes it. */
  @FunctionalInterface
  interface Writing {
    Response write(Request request, Held<Answer> answer);
  }

  /**
   * @param range as in {@link Kind}
   */
  Handler handler(String range, Answering answering, Writing writing) {
    return Handler.cancellable(
        request -> {
          Optional<Kind> kind = kind(request.parameter("query"), range);
          Handler answered =
              QueryErrors.handled(
                  asked -> {
                    Held<Answer> held = answering.answer(asked);
                    kind.ifPresent(known -> observer.evaluated(known, held.value()));
                    return writing.write(asked, held);
                  });
          return kind.isPresent()
              ? observed(kind.get(), request, answered)
              : answered.handle(request);
        });
  }

  private Response observed(Kind kind, Request request, Handler handler) throws Exception {
    long began = nanoTime.getAsLong();
    try {
      Response reply = handler.handle(request);
      observer.answered(kind, reply.status(), nanoTime.getAsLong() - began);
      return reply;
    } catch (InterruptedException e) {
      observer.answered(kind, GONE, nanoTime.getAsLong() - began);
      throw e;
    }
  }

  /** What is no query is none of any kind. */
  private static Optional<Kind> kind(String text, String range) {
    try {
      return Optional.of(new Kind(QueryType.of(Parser.parse(text)), range));
    } catch (QueryException e) {
      return Optional.empty();
    }
  }
}
