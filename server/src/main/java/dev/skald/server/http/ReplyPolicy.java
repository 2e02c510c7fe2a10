package dev.skald.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is done with every reply before it leaves.
 *
 * @param compress whether clients that take gzip get it
 * @param personal whether a reply depends on who asks, so that no cache may keep it
 */
public record ReplyPolicy(boolean compress, boolean personal, Cors cors) {
  /** Completes a reply. */
  Response apply(Request request, Response response) {
    if (response.session() != null) {
      return response;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (response.contentType() != null) {
      headers.put("X-Content-Type-Options", "nosniff");
    }
    if (personal) {
      headers.put("Cache-Control", "no-store");
    }
    if (cors.allows(request)) {
      headers.put("Access-Control-Allow-Origin", request.header("Origin"));
    }
    String vary = vary(response);
    if (!vary.isEmpty()) {
      headers.put("Vary", vary);
    }
    Response complete = response.withHeaders(headers);
    return compress ? GzipReply.compressed(request, complete) : complete;
  }

  private String vary(Response response) {
    boolean encoding = compress && GzipReply.canBe(response);
    boolean origin = !cors.origins().isEmpty();
    return (encoding ? "Accept-Encoding" : "")
        + (encoding && origin ? ", " : "")
        + (origin ? "Origin" : "");
  }
}
