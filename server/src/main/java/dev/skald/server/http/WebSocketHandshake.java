package dev.skald.server.http;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Answers a request that wants its connection to become a WebSocket (RFC 6455 §4.2). */
public final class WebSocketHandshake {
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** Returns the reply that switches over, or a refusal where the request does not ask for it. */
  public static Response answer(Request request, WebSocketSession session) {
    return isHandshake(request)
        ? new Response(101, null, Map.of(), new byte[0], 0, session)
        : refusal();
  }

  private static boolean isHandshake(Request request) {
    return request.method().equals("GET")
        && names(request.header("connection"), "upgrade")
        && names(request.header("upgrade"), "websocket")
        && request.header("sec-websocket-version").equals("13")
        && isKey(request.header("sec-websocket-key"));
  }

  private static boolean names(String header, String token) {
    return Arrays.stream(header.split(",")).anyMatch(part -> part.strip().equalsIgnoreCase(token));
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Response refusal() {
    Response text = Response.line(400, "Bad Request");
    return new Response(
        400,
        text.contentType(),
        Map.of("Sec-Websocket-Version", "13", "X-Content-Type-Options", "nosniff"),
        text.body(),
        text.length());
  }
}
