package dev.skald.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Parts that were started, to be stopped in the reverse order. For one thread. */
final class Lifecycle {
  /** Stops one part. */
  @FunctionalInterface
  interface Stop {
    void run() throws Exception;
  }

  private final Deque<Stop> stops = new ArrayDeque<>();

  /** Remembers how to stop a part that has just been started. */
  void onStop(Stop stop) {
    stops.push(stop);
  }

  /**
   * Stops everything, whatever fails on the way.
   *
   * @throws IOException the first failure, with the others suppressed
   */
  void stop() throws IOException {
    IOException failure = null;
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (Exception | Error e) {
        if (failure == null) {
          failure = new IOException(e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
