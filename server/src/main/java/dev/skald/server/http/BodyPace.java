package dev.skald.server.http;

import dev.skald.config.HttpConfig.RequestLimits;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that the body of a request comes no slower, on the average, than the least rate, so
 * that no client holds a connection for nothing. For its event loop alone.
 */
final class BodyPace {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RequestLimits limits;
  private final EventLoop loop;
  private final Deadline deadline;
  private Runnable tooSlow = () -> {};
  private long begun;
  private long paused;
  private long received;

  BodyPace(RequestLimits limits, EventLoop loop) {
    this.limits = limits;
    this.loop = loop;
    this.deadline = new Deadline(loop);
  }

  /**
   * A body begins.
   *
   * @param whenTooSlow runs, once, if it falls behind
   */
  void begin(Runnable whenTooSlow) {
    tooSlow = whenTooSlow;
    begun = now();
    received = 0;
    look();
  }

  /** A part of the body has come. */
  void received(int bytes) {
    received += bytes;
  }

  /** The body is not read for a while; that time does not count. */
  void pause() {
    paused = now();
    deadline.cancel();
  }

  void resume() {
    begun += now() - paused;
    look();
  }

  /** The body is whole, or not wanted any more. */
  void end() {
    deadline.cancel();
  }

  private void look() {
    if (limits.bodyRate() == 0) {
      return;
    }
    long allowed =
        limits.bodyGrace().toNanos() + (long) (received * NANOS_PER_SECOND / limits.bodyRate());
    long left = begun + allowed - now();
    if (left > 0) {
      deadline.set(Duration.ofNanos(left), this::look);
    } else {
      tooSlow.run();
    }
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
