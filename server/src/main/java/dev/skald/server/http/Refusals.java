package dev.skald.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/** Replies to what never becomes a request. */
final class Refusals {
  static final Response TOO_SLOW = Response.line(408, "408 Request Timeout");
  static final Response STOPPING = Response.line(503, "Application is stopping");

  static final Response FAILED = Response.line(500, "500 Internal Server Error");

  private Refusals() {}

  /** Whether the body is of one announced length, or comes in chunks and nothing else. */
  private static boolean knowsHowLong(HttpRequest head) {
    List<String> encodings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return encodings.isEmpty()
        || head.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && encodings.size() == 1
            && encodings.getFirst().strip().equalsIgnoreCase("chunked");
  }

  /** What a head that can be read says of itself, or null if it may be answered. */
  static Response of(HttpRequest head, int maxHeaders) {
    HttpVersion version = head.protocolVersion();
    if (version.majorVersion() != 1) {
      return Response.line(505, "505 HTTP Version Not Supported");
    }
    if (version.equals(HttpVersion.HTTP_1_1) && !head.headers().contains(HttpHeaderNames.HOST)) {
      return Response.line(400, "400 Bad Request: missing required Host header");
    }
    if (head.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      return Response.line(400, "400 Bad Request: too many Host headers");
    }
    if (head.headers().size() > maxHeaders) {
      return Response.line(431, "431 Request Header Fields Too Large");
    }
    if (!knowsHowLong(head)) {
      return Response.line(400, "400 Bad Request: unsupported transfer encoding");
    }
    String expect = head.headers().get(HttpHeaderNames.EXPECT);
    return expect == null || expect.equalsIgnoreCase("100-continue")
        ? null
        : Response.line(417, "417 Expectation Failed");
  }

  /** What is sent for bytes that are not HTTP. */
  static Response malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e -> Response.line(414, "414 URI Too Long");
      case TooLongHttpHeaderException e ->
          Response.line(431, "431 Request Header Fields Too Large");
      default -> Response.line(400, "400 Bad Request");
    };
  }
}
