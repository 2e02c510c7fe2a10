package dev.skald.server.query;

import dev.skald.logql.syntax.Parser;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.http.WebSocketHandshake;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tails of a process that only reads: it passes each on to the process that takes pushes
 * ({@code frontend.tail_proxy_url}). What can be seen to be wrong is told here already.
 */
public final class TailProxyApi {
  private static final String PASSED_ON = "X-Skald-Tail-Passed-On";
  private static final String IN_A_CIRCLE =
      "frontend.tail_proxy_url leads to a Skald that only answers queries (target=read)";

  /** What the other process has to know of a request. */
  private static final List<String> HEADERS =
      List.of(Tenants.HEADER, "Authorization", "X-Query-Tags", "X-Loki-Response-Encoding-Flags");

  private final HttpClient client;
  private final String writer;
  private final Tenants tenants;
  private final InstantSource clock;

  /**
   * @param writer address of the process that takes pushes, with what stands before its paths
   */
  public TailProxyApi(HttpClient client, URI writer, Tenants tenants, InstantSource clock) {
    this.client = client;
    this.writer = writer.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    for (String path : List.of("/loki/api/v1/tail", "/api/prom/tail")) {
      router.addWithoutHead("GET POST", path, QueryErrors.handled(request -> tail(request, path)));
    }
  }

  private Response tail(Request request, String path) {
    tenants.single(request);
    Parameters parameters = new Parameters(request, clock);
    parameters.bounds();
    parameters.limit();
    Parser.parse(request.parameter("query"));
    if (!request.header(PASSED_ON).isEmpty()) {
      return Response.line(503, IN_A_CIRCLE);
    }
    URI address = URI.create(writer + path + "?" + query(request));
    return WebSocketHandshake.answer(
        request, new PassedOnTail(heard -> builder(request).buildAsync(address, heard)));
  }

  private WebSocket.Builder builder(Request request) {
    WebSocket.Builder builder = client.newWebSocketBuilder().header(PASSED_ON, "1");
    for (String name : HEADERS) {
      if (!request.header(name).isEmpty()) {
        builder.header(name, request.header(name));
      }
    }
    return builder;
  }

  private static String query(Request request) {
    return request.parameters().entrySet().stream()
        .flatMap(
            parameter ->
                parameter.getValue().stream()
                    .map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
