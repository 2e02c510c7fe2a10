package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Whatever fails on the way of a reply, there is one, and what it holds is given back. */
final class FailingRepliesTest {
  private static final ReplyPolicy FAILING_POLICY = null;
  private static final Request GET =
      new Request("GET", "/", Map.of(), Map.of(), Map.of(), new byte[0]);

  private final List<Response> replies = new ArrayList<>();

  /** Whether what a streamed reply holds was given back. */
  private final AtomicBoolean released = new AtomicBoolean();

  /** Fails as everything does once there is no memory. */
  private record Failing(boolean always) implements RequestObserver {
    @Override
    public void answered(String method, String route, int status, long nanos) {
      throw new InternalError("answered");
    }

    @Override
    public void underWay(String method, String route, int more) {
      if (always) {
        throw new InternalError("underWay");
      }
    }

    @Override
    public void failed() {
      throw new InternalError("failed");
    }
  }

  private Response answer(RequestObserver observer, ReplyPolicy policy, Handler handler) {
    AccessLog log = new AccessLog(observer, Level.DEBUG, Duration.ZERO);
    Call call = new Call(GET, "", "route", handler, new Call.Surroundings(log, policy));
    new Exchange(call, new byte[0], replies::add).run();
    assertThat(replies).hasSize(1);
    return replies.getFirst();
  }

  private Response streamed(Request request) {
    StreamedBody body =
        new StreamedBody(
            sink -> {
              try {
                sink.write(new byte[1], 1);
              } finally {
                released.set(true);
              }
            });
    return Response.streamed(200, "text/plain", body);
  }

  @Test
  void areSentThoughTheLogFails() {
    Response reply =
        answer(new Failing(false), Listening.REPLIES, request -> Response.text(200, "fine"));
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void areSentWholeThoughTheLogFails() {
    Response reply = answer(new Failing(false), Listening.REPLIES, this::streamed);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(released).isTrue();
    assertThat(reply.stream().isBroken()).isFalse();
  }

  @Test
  void arePreparedForWhenNothingWorks() {
    Response reply =
        answer(new Failing(true), Listening.REPLIES, request -> Response.text(200, "fine"));
    assertThat(reply.status()).isEqualTo(500);
  }

  @Test
  void giveBackWhatTheyHoldIfTheyCannotBeCompleted() {
    RequestObserver observer = (method, route, status, nanos) -> {};
    Response reply = answer(observer, FAILING_POLICY, this::streamed);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(released).isTrue();
  }

  @Test
  void giveBackWhatTheyHoldIfTheyCannotBeHandedOver() {
    AccessLog log = new AccessLog((m, r, s, n) -> {}, Level.DEBUG, Duration.ZERO);
    Call.Surroundings around = new Call.Surroundings(log, Listening.REPLIES);
    Call call = new Call(GET, "", "route", this::streamed, around);
    Exchange exchange =
        new Exchange(
            call,
            new byte[0],
            reply -> {
              throw new InternalError("a task for the event loop");
            });
    assertThat(failureOf(exchange)).isInstanceOf(InternalError.class);
    assertThat(released).isTrue();
  }

  private static Throwable failureOf(Runnable task) {
    try {
      task.run();
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  @Test
  void giveBackWhatTheyHoldIfTheyCannotBeCompressed() {
    StreamedBody body = streamed(GET).stream();
    body.compress(
        out -> {
          throw new IOException("no memory for a compressor");
        });
    body.produce();
    assertThat(released).isTrue();
    assertThat(body.isBroken()).isTrue();
  }
}
