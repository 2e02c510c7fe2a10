package dev.skald.server.http;

import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Finds who answers a request, from its head alone. Safe for use by any thread. */
final class Dispatcher {
  private static final byte[] NO_BODY = new byte[0];

  private final Router router;
  private final Gate gate;
  private final Call.Surroundings around;

  /** Who answers a request, or how to find out. */
  sealed interface Finding permits Call, Undecided {}

  /**
   * It takes longer to find out who answers.
   *
   * @param check finds out, on a thread that may wait; throws nothing
   */
  record Undecided(Supplier<Call> check) implements Finding {}

  Dispatcher(Router router, Gate gate, Call.Surroundings around) {
    this.router = router;
    this.gate = gate;
    this.around = around;
  }

  /** Returns what is to be done, before any of the body is read. */
  Finding find(HttpRequest head) {
    String method = head.method().name();
    RequestTarget target = RequestTarget.parse(head.uri());
    Map<String, String> headers = headers(head);
    String path;
    try {
      path = target.decodedPath();
    } catch (HttpException e) {
      Request request = request(method, target.path(), Map.of(), headers);
      return call(request, target, "other", new Fixed(Response.text(e.status(), e.getMessage())));
    }
    String clean = RequestTarget.clean(path);
    Request request = request(method, path, Map.of(), headers);
    if (!clean.equals(path)) {
      return call(request, target, "other", new Fixed(redirect(target.at(clean))));
    }
    if (path.equals("*") && method.equals("OPTIONS")) {
      return call(request, target, "other", new Fixed(Response.noContent()));
    }
    if (around.policy().cors().isPreflight(request)) {
      return call(request, target, "other", new Fixed(around.policy().cors().preflight()));
    }
    return switch (router.find(method, path)) {
      case Router.Match.Found found ->
          guarded(request(method, path, found.pathParameters(), headers), target, found.route());
      case Router.Match.WrongMethod wrong ->
          call(
              request,
              target,
              wrong.route().name(),
              new Fixed(
                  method.equals("OPTIONS")
                      ? options(wrong.allowed())
                      : wrongMethod(wrong.allowed())));
      case Router.Match.Unknown unknown ->
          call(request, target, "other", new Fixed(Response.line(404, "404 page not found")));
    };
  }

  private Finding guarded(Request request, RequestTarget target, Router.Route route) {
    return switch (gate.admit(request, route.pattern())) {
      case Gate.Admission.Undecided(Callable<Gate.Admission> check) ->
          new Undecided(() -> decided(check, call(request, target, route.name(), route.handler())));
      case Gate.Admission decision ->
          admitted(decision, call(request, target, route.name(), route.handler()));
    };
  }

  /** Returns who answers a call, given what was decided. */
  private static Call admitted(Gate.Admission decision, Call call) {
    return switch (decision) {
      case Gate.Admission.Granted(Request granted) -> call.with(granted, call.handler());
      case Gate.Admission.Refused(Response refusal) -> call.with(call.head(), new Fixed(refusal));
      case Gate.Admission.Undecided undecided ->
          throw new IllegalStateException("a check has to decide");
    };
  }

  private Call decided(Callable<Gate.Admission> check, Call call) {
    try {
      return admitted(check.call(), call);
    } catch (InterruptedException e) {
      return call.with(call.head(), new Fixed(Refusals.STOPPING));
    } catch (Throwable t) {
      around.log().failed(call.head(), t);
      return call.with(call.head(), new Fixed(Refusals.FAILED));
    }
  }

  private Call call(Request request, RequestTarget target, String route, Handler handler) {
    return new Call(request, target.query(), route, handler, around);
  }

  private static Request request(
      String method, String path, Map<String, String> pathParameters, Map<String, String> headers) {
    return new Request(
        method, path, pathParameters, Map.<String, List<String>>of(), headers, NO_BODY);
  }

  private static Map<String, String> headers(HttpRequest head) {
    Map<String, String> headers = new HashMap<>();
    head.headers()
        .forEach(
            header ->
                headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return headers;
  }

  private static Response wrongMethod(Set<String> allowed) {
    return Response.empty(405).withHeaders(allow(allowed));
  }

  /** What may be sent to a path is no secret (RFC 9110 §9.3.7). */
  private static Response options(Set<String> allowed) {
    return Response.noContent().withHeaders(allow(allowed));
  }

  private static Map<String, String> allow(Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    all.add("OPTIONS");
    return Map.of("Allow", String.join(", ", all));
  }

  private static Response redirect(String location) {
    return new Response(301, null, Map.of("Location", location), NO_BODY, 0);
  }

  /** Answers what nobody handles, whatever its body. */
  private record Fixed(Response response) implements Handler {
    private static final int SKIPPED = 1 << 16;

    @Override
    public Response handle(Request request) {
      return response;
    }

    @Override
    public int maxBody() {
      return SKIPPED;
    }

    @Override
    public Response tooLarge(Request request, long size) {
      return response;
    }
  }
}
