package dev.skald.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a received request into a {@link Request}, runs its handler, and writes the reply. Replies
 * leave in the order of their requests: a client that sends several at once waits for each.
 */
final class Dispatcher extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Router router;
  private final RequestObserver observer;
  private final Executor executor;

  Dispatcher(Router router, RequestObserver observer, Executor executor) {
    this.router = router;
    this.observer = observer;
    this.executor = executor;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest received) {
    byte[] body = new byte[received.content().readableBytes()];
    received.content().readBytes(body);
    String method = received.method().name();
    String uri = received.uri();
    boolean malformed = received.decoderResult().isFailure();
    Map<String, String> headers = headers(received);
    context.channel().config().setAutoRead(false);
    executor.execute(
        () -> {
          Response response =
              malformed
                  ? Response.line(400, "malformed HTTP request")
                  : answer(method, uri, headers, body);
          write(context, response, method.equals("HEAD"));
        });
  }

  private static Map<String, String> headers(FullHttpRequest received) {
    Map<String, String> headers = new HashMap<>();
    received
        .headers()
        .forEach(
            header ->
                headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return headers;
  }

  private Response answer(String method, String uri, Map<String, String> headers, byte[] body) {
    long start = System.nanoTime();
    int question = uri.indexOf('?');
    String query = question < 0 ? "" : uri.substring(question + 1);
    String route = "other";
    Response response;
    try {
      String path = QueryString.unescape(question < 0 ? uri : uri.substring(0, question), false);
      String clean = cleanPath(path);
      if (!clean.equals(path)) {
        response = redirect(clean, query);
      } else {
        Router.Match match = router.find(method, path);
        route = routeName(match);
        response =
            switch (match) {
              case Router.Match.Found found ->
                  found
                      .route()
                      .handler()
                      .handle(
                          request(method, path, query, headers, body)
                              .withPathParameters(found.pathParameters()));
              case Router.Match.WrongMethod wrong -> Response.empty(405);
              case Router.Match.Unknown unknown -> Response.line(404, "404 page not found");
            };
      }
    } catch (Throwable t) {
      response = failure(t, method, uri);
    }
    observer.answered(method, route, response.status(), System.nanoTime() - start);
    return response;
  }

  private static String routeName(Router.Match match) {
    return switch (match) {
      case Router.Match.Found found -> found.route().name();
      case Router.Match.WrongMethod wrong -> wrong.route().name();
      case Router.Match.Unknown unknown -> "other";
    };
  }

  private static Request request(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith(FORM)) {
      QueryString.decode(new String(body, StandardCharsets.UTF_8), parameters);
    }
    QueryString.decode(query, parameters);
    return new Request(method, path, Map.of(), parameters, headers, body);
  }

  /** What no handler caught: the client learns that it failed, the log learns why. */
  private static Response failure(Throwable t, String method, String uri) {
    if (t instanceof HttpException e) {
      return Response.text(e.status(), e.getMessage());
    }
    LOG.error("request failed: {} {}", method, uri, t);
    return Response.text(500, "error while processing request: " + t);
  }

  private static Response redirect(String path, String query) {
    String escaped = QueryString.escapePath(path);
    String location = query.isEmpty() ? escaped : escaped + "?" + query;
    return new Response(301, null, Map.of("Location", location), new byte[0], 0);
  }

  /** Removes empty, {@code .} and {@code ..} segments. */
  static String cleanPath(String path) {
    if (!path.contains("//") && !path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String clean = "/" + String.join("/", kept);
    return path.endsWith("/") && clean.length() > 1 ? clean + "/" : clean;
  }

  private static void write(ChannelHandlerContext context, Response response, boolean head) {
    ByteBuf body =
        head
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(response.body(), 0, response.length());
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
    if (response.contentType() != null) {
      message.headers().set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
    }
    response.headers().forEach((name, value) -> message.headers().set(name, value));
    if (response.status() != 204) {
      message.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.length());
    }
    context
        .writeAndFlush(message)
        .addListener(written -> context.channel().config().setAutoRead(true));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("connection failed: {}", context.channel().remoteAddress(), cause);
    context.close();
  }
}
