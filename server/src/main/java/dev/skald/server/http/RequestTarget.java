package dev.skald.server.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the first line of a request names.
 *
 * @param path as it stands, with its percent escapes
 * @param query what follows the question mark, or empty
 */
record RequestTarget(String path, String query) {
  /** Reads {@code /path?query} or, as proxies send it, {@code http://host/path?query}. */
  static RequestTarget parse(String uri) {
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    String query = question < 0 ? "" : uri.substring(question + 1);
    return new RequestTarget(withoutHost(path), query);
  }

  private static String withoutHost(String path) {
    if (!path.startsWith("http://") && !path.startsWith("https://")) {
      return path;
    }
    int slash = path.indexOf('/', path.indexOf("://") + "://".length());
    return slash < 0 ? "/" : path.substring(slash);
  }

  /**
   * Returns the path without percent escapes.
   *
   * @throws HttpException 400 if an escape is malformed
   */
  String decodedPath() {
    return QueryString.unescape(path, false);
  }

  /** Where the same request would be at another path. */
  String at(String otherPath) {
    String escaped = QueryString.escapePath(otherPath);
    return query.isEmpty() ? escaped : escaped + "?" + query;
  }

  /** Removes empty, {@code .} and {@code ..} segments. */
  static String clean(String path) {
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
}
