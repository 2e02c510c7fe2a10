package dev.skald.server.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of every request that was answered.
 *
 * @param observer is told, too
 * @param level of the lines
 */
public record AccessLog(RequestObserver observer, Level level) {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  void answered(Request request, String route, Response response, long nanos) {
    observer.answered(request.method(), route, response.status(), nanos);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level)
          .log(
              "{} {} ({}) {} bytes in {} ms",
              request.method(),
              QueryString.escapePath(request.path()),
              response.status(),
              response.length(),
              nanos / 1_000_000);
    }
  }

  void failed(Request request, Throwable why) {
    LOG.error("request failed: {} {}", request.method(), request.path(), why);
  }
}
