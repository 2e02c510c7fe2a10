package dev.skald.server.query;

import dev.skald.server.http.Request;

/** Reads {@code X-Query-Tags: Source=…,other=…} (http-api.md §1.4). */
final class QueryTags {
  private QueryTags() {}

  /** Returns where a query says that it comes from, or the empty string. */
  static String source(Request request) {
    for (String tag : request.header("X-Query-Tags").split(",")) {
      int equals = tag.indexOf('=');
      if (equals > 0 && tag.substring(0, equals).strip().equalsIgnoreCase("source")) {
        return tag.substring(equals + 1).strip();
      }
    }
    return "";
  }
}
