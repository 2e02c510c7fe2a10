package dev.skald.server.push;

import dev.skald.distributor.PushOutcome;
import dev.skald.distributor.Rejection;
import dev.skald.server.http.Response;
import java.util.HashMap;
import java.util.Map;

/** The status of what became of a push (http-api.md §4.6). */
final class PushResponses {
  private static final Map<String, String> LATER = Map.of("Retry-After", "1");

  private PushResponses() {}

  static int status(Rejection rejection) {
    return switch (rejection.status()) {
      case BAD_REQUEST -> 400;
      case NOTHING_TO_TAKE -> 422;
      case BLOCKED -> rejection.blockStatus();
      case RATE_LIMITED -> 429;
      case UNAVAILABLE -> 503;
    };
  }

  /** The answer to Loki's own push: 204, or the reasons as a line of text. */
  static Response text(PushOutcome result) {
    if (result.rejection() == null) {
      return Response.noContent();
    }
    Response response = Response.line(status(result.rejection()), result.rejection().message());
    return withRetryAfter(result.rejection(), response);
  }

  /** Tells the client when to send again, if it should. */
  static Response withRetryAfter(Rejection rejection, Response response) {
    return switch (rejection.status()) {
      case RATE_LIMITED, UNAVAILABLE -> later(response);
      case BAD_REQUEST, NOTHING_TO_TAKE, BLOCKED -> response;
    };
  }

  /** Tells the client when to send again what could not be decoded, if it should. */
  static Response withRetryAfter(DecodeException failure, Response response) {
    return failure.status() == DecodeException.LATER ? later(response) : response;
  }

  private static Response later(Response response) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.putAll(LATER);
    return new Response(
        response.status(), response.contentType(), headers, response.body(), response.length());
  }
}
