package dev.skald.server.auth;

import java.util.List;

/**
 * What a request is for, as far as rights go.
 *
 * @param writes whether it changes something
 * @param everybodys whether it concerns all tenants, as operators' endpoints do
 */
record Purpose(boolean writes, boolean everybodys) {
  /** Under these lie what tenants use; everything else is for operators. */
  private static final List<String> TENANTS =
      List.of("/loki/", "/api/prom/", "/otlp/", "/prometheus/", "/skald/");

  /** Paths that change something whatever the method. */
  private static final List<String> CHANGING = List.of("/flush", "/ingester/");

  /** Queries may be sent by POST (http-api.md §0). */
  private static final List<String> QUERIES =
      List.of(
          "/loki/api/v1/query",
          "/loki/api/v1/label",
          "/loki/api/v1/series",
          "/loki/api/v1/tail",
          "/loki/api/v1/index/",
          "/loki/api/v1/patterns",
          "/loki/api/v1/detected_",
          "/loki/api/v1/format_query",
          "/api/prom/query",
          "/api/prom/label",
          "/api/prom/series",
          "/api/prom/tail");

  static Purpose of(String method, String pattern) {
    return new Purpose(changes(method, pattern), !startsWithAny(pattern, TENANTS));
  }

  private static boolean changes(String method, String pattern) {
    if (startsWithAny(pattern, CHANGING)) {
      return true;
    }
    boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    return !reads && !(method.equals("POST") && startsWithAny(pattern, QUERIES));
  }

  private static boolean startsWithAny(String pattern, List<String> prefixes) {
    return prefixes.stream().anyMatch(pattern::startsWith);
  }
}
