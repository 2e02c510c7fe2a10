package dev.skald.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request and who answers it; whatever happens becomes a reply.
 *
 * @param head the request without its body and parameters
 * @param query its query string
 * @param route name of the route as metrics spell it
 */
record Call(Request head, String query, String route, Handler handler, AccessLog log) {
  /** What Loki, as nginx, answers to who has gone; nobody but metrics reads it. */
  private static final Response CANCELLED =
      Response.text(499, "the request was cancelled by the client");

  /** Returns the same call with the address of its client. */
  Call from(String client) {
    return new Call(head.from(client), query, route, handler, log);
  }

  private interface Step {
    Response run() throws Exception;
  }

  /** Runs the handler on a request that has been wholly received. */
  Response answer(byte[] body) {
    return answer(() -> handler.handle(head.with(parameters(body), body)));
  }

  /** Answers a request whose body is too large to be read. */
  Response tooLarge(long size) {
    return answer(() -> handler.tooLarge(head, size));
  }

  /** Answers a request whose client left before it was handled. */
  Response cancelled() {
    return answer(() -> CANCELLED);
  }

  private Response answer(Step step) {
    long start = System.nanoTime();
    Response response;
    try {
      response = step.run();
    } catch (HttpException e) {
      response = Response.text(e.status(), e.getMessage());
    } catch (InterruptedException e) {
      response = CANCELLED;
    } catch (Throwable t) {
      log.failed(head, t);
      response = Response.text(500, "error while processing request: " + t);
    }
    log.answered(head, route, response, System.nanoTime() - start);
    return response;
  }

  private Map<String, List<String>> parameters(byte[] body) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (handler.takesForm()
        && head.header("content-type").toLowerCase(Locale.ROOT).startsWith(Request.FORM)) {
      QueryString.decode(new String(body, StandardCharsets.UTF_8), parameters);
    }
    QueryString.decode(query, parameters);
    return parameters;
  }
}
