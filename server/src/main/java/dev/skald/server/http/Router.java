package dev.skald.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the handler of a request by method and exact path (http-api.md §0). A part {@code {name}}
 * of a pattern takes one segment of a path. Filled once, then read by all threads.
 */
public final class Router {
  /**
   * A registered route.
   *
   * @param methods empty for any method
   * @param pattern as it was registered, without the prefix
   * @param name the pattern as metrics spell it, {@code loki_api_v1_push}
   */
  record Route(
      Set<String> methods, String pattern, String[] segments, String name, Handler handler) {}

  /** What became of a look-up. */
  sealed interface Match {
    record Found(Route route, Map<String, String> pathParameters) implements Match {}

    /** The path is known, but not with this method. */
    record WrongMethod(Route route, Set<String> allowed) implements Match {}

    record Unknown() implements Match {}
  }

  private final List<Route> routes = new ArrayList<>();
  private final String prefix;

  /**
   * @param prefix stands before every path, {@code ""} or such as {@code /loki}
   */
  public Router(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Registers a handler for some methods, separated by blanks; none means any. Where there is a
   * GET, there is a HEAD.
   */
  public Router add(String methods, String pattern, Handler handler) {
    Set<String> allowed = methods(methods);
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return register(allowed, pattern, handler);
  }

  /**
   * Registers a handler to whose GET there is no HEAD, because it changes something, or makes a
   * WebSocket of the connection.
   */
  public Router addWithoutHead(String methods, String pattern, Handler handler) {
    return register(methods(methods), pattern, handler);
  }

  private static Set<String> methods(String names) {
    return names.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(names.split(" ")));
  }

  private Router register(Set<String> allowed, String pattern, Handler handler) {
    String[] segments = (prefix + pattern).split("/", -1);
    routes.add(new Route(Set.copyOf(allowed), pattern, segments, metricName(pattern), handler));
    return this;
  }

  Match find(String method, String path) {
    String[] segments = path.split("/", -1);
    Route other = null;
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      if (matches(route.segments, segments)) {
        if (route.methods.isEmpty() || route.methods.contains(method)) {
          return new Match.Found(route, parameters(route.segments, segments));
        }
        other = route;
        allowed.addAll(route.methods);
      }
    }
    return other == null ? new Match.Unknown() : new Match.WrongMethod(other, allowed);
  }

  private static boolean matches(String[] pattern, String[] path) {
    if (pattern.length != path.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      boolean fits = isParameter(pattern[i]) ? !path[i].isEmpty() : pattern[i].equals(path[i]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> parameters(String[] pattern, String[] path) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (isParameter(pattern[i])) {
        values.put(pattern[i].substring(1, pattern[i].length() - 1), path[i]);
      }
    }
    return values;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /** {@code /loki/api/v1/label/{name}/values} becomes {@code loki_api_v1_label_name_values}. */
  static String metricName(String pattern) {
    String name = pattern.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return name.replaceAll("^_|_$", "");
  }
}
