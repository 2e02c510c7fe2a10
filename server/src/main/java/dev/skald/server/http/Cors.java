package dev.skald.server.http;

import java.util.List;
import java.util.Map;

/**
 * Which web pages may ask this server from a browser (Fetch standard, CORS protocol).
 *
 * @param origins such as {@code https://grafana.example}; {@code *} for all; none for no pages
 */
public record Cors(List<String> origins) {
  private static final Map<String, String> PREFLIGHT =
      Map.of(
          "Access-Control-Allow-Methods",
          "GET, POST, PUT, DELETE, HEAD",
          "Access-Control-Allow-Headers",
          "Authorization, Cache-Control, Content-Type, X-Loki-Response-Encoding-Flags,"
              + " X-Query-Tags, X-Scope-OrgID",
          "Access-Control-Max-Age",
          "600");

  public Cors {
    origins = List.copyOf(origins);
  }

  /** Whether this is a browser's question whether a page may send a request. */
  boolean isPreflight(Request request) {
    return request.method().equals("OPTIONS")
        && allows(request)
        && !request.header("Access-Control-Request-Method").isEmpty();
  }

  /** Answers such a question; the origin is added to every reply. */
  Response preflight() {
    return Response.noContent().withHeaders(PREFLIGHT);
  }

  /** Whether the request comes from a page that may read the reply. */
  boolean allows(Request request) {
    String origin = request.header("Origin");
    return !origin.isEmpty() && (origins.contains(origin) || origins.contains("*"));
  }
}
