package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.Gate.Admission;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of which it takes a while to find out whether they may be answered. */
@Timeout(90)
final class UndecidedRequestsTest {
  private static final Admission REFUSED =
      new Admission.Refused(Response.line(401, "who are you?"));

  /** Lets one check end. */
  private final Semaphore decide = new Semaphore(0);

  private final AtomicInteger checking = new AtomicInteger();
  private Listening listening;

  @BeforeEach
  void listen() throws IOException {
    listening = Listening.guarded(this::admit);
  }

  @AfterEach
  void stop() {
    decide.release(100);
    listening.close();
  }

  private Admission admit(Request request, String pattern) {
    return pattern.equals("/ready")
        ? new Admission.Granted(request)
        : new Admission.Undecided(() -> check(request));
  }

  private Admission check(Request request) throws InterruptedException {
    checking.incrementAndGet();
    decide.acquire();
    return switch (request.header("X-Name")) {
      case "friend" -> new Admission.Granted(request);
      case "broken" -> throw new IllegalStateException("the check is broken");
      default -> REFUSED;
    };
  }

  private static String post(String path, String name, int length) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nX-Name: %s\r\nContent-Length: %d\r\n"
        .formatted(path, name, length);
  }

  @Test
  void takeNoMemoryForTheirBodies() throws IOException {
    try (RawClient client = listening.client()) {
      client.send(post("/small", "friend", 900) + "\r\n" + "x".repeat(500));
      Listening.await(() -> checking.get() == 1);
      assertThat(listening.server.bodyBytes()).isZero();
      decide.release();
      assertThat(client.send("x".repeat(400)).read().text()).isEqualTo("900 bytes\n");
    }
  }

  @Test
  void areNotAskedForTheirBodies() throws IOException {
    try (RawClient stranger = listening.client();
        RawClient friend = listening.client()) {
      String waiting = "Expect: 100-continue\r\n\r\n";
      stranger.send(post("/large", "stranger", 1_000_000) + waiting);
      Listening.await(() -> checking.get() == 1);
      decide.release();
      assertThat(stranger.read().status()).isEqualTo(401);
      assertThat(stranger.isClosed()).isTrue();
      friend.send(post("/small", "friend", 3) + waiting);
      decide.release();
      assertThat(friend.read().status()).isEqualTo(100);
      assertThat(friend.send("abc").read().text()).isEqualTo("3 bytes\n");
    }
  }

  @Test
  void areAnsweredInTheirOrder() throws IOException {
    try (RawClient client = listening.client()) {
      String ready = "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n";
      client.send(
          post("/small", "friend", 3)
              + "\r\nabc"
              + ready
              + post("/small", "stranger", 4)
              + "\r\nabcd"
              + post("/small", "friend", 5)
              + "\r\nabcde"
              + ready);
      decide.release(3);
      assertThat(client.read().text()).isEqualTo("3 bytes\n");
      assertThat(client.read().text()).isEqualTo("ready\n");
      assertThat(client.read().text()).isEqualTo("who are you?\n");
      assertThat(client.read().text()).isEqualTo("5 bytes\n");
      assertThat(client.read().text()).isEqualTo("ready\n");
    }
  }

  @Test
  void areAnsweredThoughTheClientSendsNoMore() throws IOException {
    try (RawClient client = listening.client()) {
      String close = "Connection: close\r\n\r\nabc";
      client.send(post("/small", "friend", 3) + close).endOutput();
      Listening.await(() -> checking.get() == 1);
      decide.release();
      assertThat(client.read().text()).isEqualTo("3 bytes\n");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void getAReplyThoughTheCheckFails() throws IOException {
    try (RawClient client = listening.client()) {
      client.send(post("/small", "broken", 3) + "\r\nabc");
      decide.release();
      assertThat(client.read().status()).isEqualTo(500);
    }
  }

  @Test
  void areForgottenWithTheirConnection() throws IOException {
    try (RawClient client = listening.client()) {
      client.send(post("/small", "friend", 3) + "\r\nabc");
      Listening.await(() -> checking.get() == 1);
      client.reset();
    }
    decide.release();
    try (RawClient other = listening.client()) {
      other.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(other.read().text()).isEqualTo("ready\n");
    }
    Listening.await(() -> listening.server.connections() <= 1);
    assertThat(listening.server.bodyBytes()).isZero();
  }
}
