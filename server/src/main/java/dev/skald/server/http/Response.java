package dev.skald.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reply.
 *
 * @param contentType null where there is no body
 * @param headers beside content type and length
 * @param body the first {@code length} bytes of it are sent
 * @param session what the connection is for once it is no HTTP any more; null where it stays so
 * @param stream makes the body while it is sent, instead of {@code body}; null where that is whole
 */
public record Response(
    int status,
    String contentType,
    Map<String, String> headers,
    byte[] body,
    int length,
    WebSocketSession session,
    StreamedBody stream) {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Map<String, String> NO_SNIFF = Map.of("X-Content-Type-Options", "nosniff");

  public Response {
    headers = Map.copyOf(headers);
  }

  public Response(
      int status, String contentType, Map<String, String> headers, byte[] body, int length) {
    this(status, contentType, headers, body, length, null, null);
  }

  public Response(
      int status,
      String contentType,
      Map<String, String> headers,
      byte[] body,
      int length,
      WebSocketSession session) {
    this(status, contentType, headers, body, length, session, null);
  }

  /** A reply whose body is made while it is sent. */
  public static Response streamed(int status, String contentType, StreamedBody stream) {
    return new Response(status, contentType, Map.of(), new byte[0], 0, null, stream);
  }

  public static Response noContent() {
    return empty(204);
  }

  public static Response empty(int status) {
    return new Response(status, null, Map.of(), new byte[0], 0);
  }

  public static Response bytes(int status, String contentType, byte[] body, int length) {
    return new Response(status, contentType, Map.of(), body, length);
  }

  public static Response bytes(int status, String contentType, byte[] body) {
    return bytes(status, contentType, body, body.length);
  }

  /** Plain text, as it stands. */
  public static Response text(int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Response(status, TEXT, NO_SNIFF, body, body.length);
  }

  /** Plain text with a newline at its end, as most of Loki's errors are (http-api.md §1.2). */
  public static Response line(int status, String text) {
    return text(status, text + "\n");
  }

  /** Returns the same reply with more headers. */
  public Response withHeaders(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Response(status, contentType, all, body, length, session, stream);
  }
}
