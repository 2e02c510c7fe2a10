package dev.skald.server.rules;

import dev.skald.server.http.HttpException;
import dev.skald.server.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names in the path of a request for rules. */
final class RuleRequest {
  /** In Base64 this fits into a file's name of 255 bytes, as some stores of objects need it. */
  private static final int MOST_BYTES = 150;

  private RuleRequest() {}

  /** A name that could lead out of its directory, were it a path. */
  static final class PathTraversal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PathTraversal(String what) {
      super("invalid " + what + ": path traversal not allowed");
    }
  }

  /**
   * Reads the namespace.
   *
   * @throws PathTraversal if it looks like a way out of a directory
   */
  static String namespace(Request request) {
    return checked("namespace", unescaped(request.pathParameter("namespace")));
  }

  /**
   * Reads the name of the group.
   *
   * @throws PathTraversal if it looks like a way out of a directory
   */
  static String group(Request request) {
    return checked("groupname", unescaped(request.pathParameter("groupName")));
  }

  /**
   * Returns a name that may be stored.
   *
   * @throws PathTraversal if it looks like a way out of a directory
   * @throws HttpException 400 if it is too long
   */
  static String checked(String what, String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new HttpException(
          400, "invalid %s: %d bytes, at most %d\n".formatted(what, bytes, MOST_BYTES));
    }
    if (Arrays.asList(name.split("[/\\\\]", -1)).contains("..")) {
      throw new PathTraversal(what);
    }
    return name;
  }

  /**
   * Undoes what the path's own decoding has left: a client that escapes twice may name a group
   * {@code a/b}. A lone percent sign stands for itself.
   */
  private static String unescaped(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException lonePercent) {
      return name;
    }
  }
}
