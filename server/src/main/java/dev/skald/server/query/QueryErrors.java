package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.server.http.Handler;
import dev.skald.server.http.HttpException;
import dev.skald.server.http.Response;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a query that failed, with its text and no newline (http-api.md §1.2). */
final class QueryErrors {
  private static final Logger LOG = LoggerFactory.getLogger(QueryErrors.class);

  private QueryErrors() {}

  /**
   * Wraps a handler so that its query errors become replies, and those of its tenant, which end
   * with a newline elsewhere.
   */
  static Handler handled(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (QueryException e) {
        return Response.text(status(e.kind()), e.getMessage());
      } catch (HttpException e) {
        if (e.status() != 400) {
          throw e;
        }
        return Response.text(400, e.getMessage().stripTrailing());
      } catch (UncheckedIOException e) {
        // The store cannot be read now: no answer is better than a part that looks like all.
        String text = e.getMessage() + ": " + e.getCause().getMessage();
        LOG.error("query failed: {} {}: {}", request.method(), request.path(), text);
        return Response.text(500, text);
      }
    };
  }

  /** Wraps a handler so that, besides, it is interrupted when the client hangs up. */
  static Handler cancellable(Handler handler) {
    return Handler.cancellable(Parquet.unknown(handled(handler)));
  }

  private static int status(QueryException.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST -> 400;
      case OVERLOADED -> 429;
      case CANCELLED -> 499;
      case INTERNAL -> 500;
      case UNAVAILABLE -> 503;
      case TIMEOUT -> 504;
    };
  }
}
