package dev.skald.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request and who answers it; whatever happens becomes a reply.
 *
 * @param head the request without its body and parameters
 * @param query its query string
 * @param route name of the route as metrics spell it
 */
record Call(Request head, String query, String route, Handler handler, Surroundings around)
    implements Dispatcher.Finding {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);
  private static final byte[] NO_BODY = {};

  /** What Loki, as nginx, answers to who has gone; nobody but metrics reads it. */
  private static final Response CANCELLED =
      Response.text(499, "the request was cancelled by the client");

  /** What all calls have in common. */
  record Surroundings(AccessLog log, ReplyPolicy policy) {}

  /** Returns the same call with the address of its client. */
  Call from(String client) {
    return new Call(head.from(client), query, route, handler, around);
  }

  /** Returns the same call with another request, and who answers it. */
  Call with(Request request, Handler other) {
    return new Call(request, query, route, other, around);
  }

  private interface Step {
    Response run() throws Exception;
  }

  /** Runs the handler on a request that has been wholly received. */
  Response answer(byte[] body) {
    return answer(body, () -> handler.handle(head.with(parameters(body), body)));
  }

  /** Answers a request whose body is too large to be read. */
  Response tooLarge(long size) {
    return answer(NO_BODY, () -> handler.tooLarge(head, size));
  }

  /** Answers a request whose client left before it was handled. */
  Response cancelled() {
    return answer(NO_BODY, () -> CANCELLED);
  }

  private Response answer(byte[] body, Step step) {
    AccessLog log = around.log;
    long start = System.nanoTime();
    log.observer().underWay(head.method(), route, 1);
    Response plain = run(step);
    Response response = run(() -> around.policy.apply(head, plain));
    if (plain.stream() != null && response.stream() == null) {
      plain.stream().abandon();
    }
    tell(body, response, start);
    return response;
  }

  /** What is made while it is sent is told of when it is over. */
  private void tell(byte[] body, Response response, long start) {
    guarded(
        () -> {
          String parameters = text(body);
          int received = body.length;
          LongConsumer whenOver =
              sent -> {
                long nanos = System.nanoTime() - start;
                around.log.observer().underWay(head.method(), route, -1);
                around.log.answered(
                    new AccessLog.Answered(head, route, response.status(), sent, nanos),
                    parameters,
                    received);
              };
          if (response.stream() == null) {
            whenOver.accept(response.length());
          } else {
            response.stream().whenOver(sent -> guarded(() -> whenOver.accept(sent)));
          }
        });
  }

  /** A reply goes out though nobody can be told of it. */
  private static void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (Throwable t) {
      LOG.debug("a request was answered, but cannot be told of", t);
    }
  }

  private Response run(Step step) {
    try {
      return step.run();
    } catch (HttpException e) {
      return Response.text(e.status(), e.getMessage());
    } catch (InterruptedException e) {
      return CANCELLED;
    } catch (Throwable t) {
      around.log.failed(head, t);
      return Response.text(500, "error while processing request: " + t);
    }
  }

  private boolean isForm() {
    return handler.takesForm()
        && head.header("content-type").toLowerCase(Locale.ROOT).startsWith(Request.FORM);
  }

  /** The parameters as they were sent, as much of them as is told. */
  private String text(byte[] body) {
    int length = Math.min(body.length, AccessLog.LONGEST);
    return isForm() ? new String(body, 0, length, StandardCharsets.UTF_8) : query;
  }

  private Map<String, List<String>> parameters(byte[] body) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (isForm()) {
      QueryString.decode(body, parameters);
    }
    QueryString.decode(query, parameters);
    return parameters;
  }
}
