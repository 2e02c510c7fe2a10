package dev.skald.server.query;

import dev.skald.server.http.Request;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code X-Query-Tags: Source=…,other=…} (http-api.md §1.4). */
final class QueryTags {
  private QueryTags() {}

  /** Returns where a query says that it comes from, or the empty string. */
  static String source(Request request) {
    return all(request).getOrDefault("source", "");
  }

  /** Returns all tags by lower-case name; of a repeated one the first. */
  static Map<String, String> all(Request request) {
    Map<String, String> tags = new HashMap<>();
    for (String tag : request.header("X-Query-Tags").split(",")) {
      int equals = tag.indexOf('=');
      if (equals > 0) {
        String name = tag.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        tags.putIfAbsent(name, tag.substring(equals + 1).strip());
      }
    }
    return tags;
  }
}
