package dev.skald.server.http;

/** Is told of every request that was answered. Called by many threads at once. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * @param route name of the route as metrics spell it; {@code other} for an unknown path
   * @param nanos time from the whole request to the whole reply
   */
  void answered(String method, String route, int status, long nanos);

  /** How many bytes the bodies of a request and of its reply had. */
  default void sizes(String method, String route, long request, long reply) {}

  /** So many more requests of a route, or fewer, are being answered. */
  default void underWay(String method, String route, int more) {}

  /** A handler has thrown what it should not. */
  default void failed() {}
}
