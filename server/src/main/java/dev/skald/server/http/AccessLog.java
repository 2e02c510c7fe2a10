package dev.skald.server.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of every request that was answered.
 *
 * @param observer is told, too
 * @param level of the lines
 * @param slow requests that take longer are told of at info at least; zero for none, negative for
 *     all
 */
public record AccessLog(RequestObserver observer, Level level, Duration slow) {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /** So much is told of the parameters of a request. */
  static final int LONGEST = 1000;

  /**
   * @param parameters of the request, as it sent them; {@link #LONGEST} of them suffice
   * @param received size of the body in bytes
   */
  void answered(Answered what, String parameters, int received) {
    Request request = what.request;
    observer.answered(request.method(), what.route, what.status, what.nanos);
    observer.sizes(request.method(), what.route, received, what.sent);
    Level wanted = isSlow(what.nanos) ? Level.INFO : level;
    if (LOG.isEnabledForLevel(wanted)) {
      LOG.atLevel(wanted)
          .log(
              "{} {} ({}) tenant={} {} bytes in, {} bytes out, {} ms, {}",
              request.method(),
              QueryString.escapePath(request.path()),
              what.status,
              QueryString.escapePath(request.header(Tenants.HEADER)),
              received,
              what.sent,
              what.nanos / 1_000_000,
              printable(parameters));
    }
  }

  /**
   * A request and what became of it.
   *
   * @param sent size of the reply's body in bytes
   * @param nanos until the last of them was ready to be sent
   */
  record Answered(Request request, String route, int status, long sent, long nanos) {}

  private boolean isSlow(long nanos) {
    return slow.isNegative() || slow.isPositive() && nanos > slow.toNanos();
  }

  private static String printable(String parameters) {
    String start = parameters.length() > LONGEST ? parameters.substring(0, LONGEST) : parameters;
    return start.replaceAll("[^!-~]", "?");
  }

  void failed(Request request, Throwable why) {
    observer.failed();
    LOG.error(
        "request failed: {} {}", request.method(), QueryString.escapePath(request.path()), why);
  }
}
