package dev.skald.server.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One thing that happens unless something else happens before. For its event loop alone. */
final class Deadline {
  private final EventLoop loop;
  private Future<?> scheduled;

  Deadline(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Replaces what was to happen.
   *
   * @param delay zero for never
   */
  void set(Duration delay, Runnable task) {
    cancel();
    if (delay.isPositive()) {
      scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  void cancel() {
    if (scheduled != null) {
      scheduled.cancel(false);
      scheduled = null;
    }
  }
}
