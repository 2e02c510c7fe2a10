package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.HttpConfig.RequestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients that misbehave, or are many, can take. */
@Timeout(90)
final class HttpServerLimitsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String READY = "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String SLOW = "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: ";

  private static Listening listening(Duration read, Duration write, Duration idle)
      throws IOException {
    return new Listening(Listening.timeouts(read, write, idle), 1 << 20);
  }

  @Test
  void endsConnectionsThatNeverSendARequest() throws IOException {
    try (Listening listening = listening(SHORT, LONG, LONG);
        RawClient client = listening.client()) {
      client.send("GET /ready HT");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void endsConnectionsThatStopHalfWay() throws IOException {
    try (Listening listening = listening(SHORT, LONG, LONG);
        RawClient client = listening.client()) {
      client.send(SLOW + "10\r\n\r\nhalf");
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
      assertThat(listening.server.bodyBytes()).isZero();
    }
  }

  @Test
  void endsBodiesThatTrickle() throws IOException {
    RequestLimits limits = new RequestLimits(1024, 1024, 10, 1000, SHORT);
    try (Listening listening = Listening.strict(limits);
        RawClient client = listening.client();
        RawClient quick = listening.client()) {
      client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx");
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
      String whole = "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n";
      assertThat(quick.send(whole + "x".repeat(900)).read().text()).isEqualTo("900 bytes\n");
      assertThat(listening.server.bodyBytes()).isZero();
    }
  }

  @Test
  void countsNoHandlersTimeAsTheBodys() throws IOException {
    RequestLimits limits = new RequestLimits(1024, 1024, 10, 1000, SHORT);
    try (Listening listening = Listening.strict(limits);
        RawClient client = listening.client();
        RawClient trickling = listening.client()) {
      client.send(SLOW + "1\r\n\r\nx");
      trickling.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx");
      assertThat(trickling.read().status()).isEqualTo(408);
      listening.finish.release();
      assertThat(client.read().text()).isEqualTo("done\n");
    }
  }

  @Test
  void takesHeadsNoLargerThanItIsTold() throws IOException {
    RequestLimits limits = new RequestLimits(1024, 1024, 10, 0, SHORT);
    try (Listening listening = Listening.strict(limits)) {
      assertThat(status(listening, "/ready?q=" + "x".repeat(900), "")).isEqualTo(200);
      assertThat(status(listening, "/ready?q=" + "x".repeat(1100), "")).isEqualTo(414);
      assertThat(status(listening, "/ready", "X: " + "x".repeat(900) + "\r\n")).isEqualTo(200);
      assertThat(status(listening, "/ready", "X: " + "x".repeat(1100) + "\r\n")).isEqualTo(431);
      assertThat(status(listening, "/ready", "X: y\r\n".repeat(9))).isEqualTo(200);
      assertThat(status(listening, "/ready", "X: y\r\n".repeat(10))).isEqualTo(431);
    }
  }

  private static int status(Listening listening, String target, String headers) throws IOException {
    try (RawClient client = listening.client()) {
      return client
          .send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n")
          .read()
          .status();
    }
  }

  @Test
  void endsIdleConnections() throws IOException {
    try (Listening listening = listening(LONG, LONG, SHORT);
        RawClient client = listening.client()) {
      assertThat(client.send(READY).read().status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void waitsForHandlersHoweverLongTheyTake() throws IOException {
    try (Listening listening = listening(SHORT, SHORT, SHORT);
        RawClient client = listening.client();
        RawClient other = listening.client()) {
      client.send(SLOW + "0\r\n\r\n");
      assertThat(other.send(READY).read().status()).isEqualTo(200);
      assertThat(other.isClosed()).isTrue();
      listening.finish.release();
      assertThat(client.read().text()).isEqualTo("done\n");
    }
  }

  @Test
  void cutsOffWhoNeverReadsItsReply() throws IOException {
    try (Listening listening = listening(LONG, SHORT, LONG);
        RawClient client = new RawClient(listening.server.port(), 1 << 14)) {
      client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
      Listening.await(() -> listening.observed.contains("GET big 200"));
      Listening.await(() -> listening.server.connections() == 0);
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void readsNoMoreBodiesThanFit() throws Exception {
    int size = 400_000;
    long budget = 1_000_000;
    int clients = 12;
    try (Listening listening = new Listening(Listening.timeouts(LONG, LONG, LONG), budget);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RawClient.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        replies.add(threads.submit(() -> post(listening, SLOW, size)));
      }
      for (int done = 0; done < clients; done++) {
        Listening.await(() -> listening.running.get() > 0);
        listening.finish.release();
      }
      for (Future<RawClient.Reply> reply : replies) {
        assertThat(reply.get().text()).isEqualTo("done\n");
      }
      assertThat(listening.mostBodies.get())
          .isBetween((long) size, budget + size + clients * 65_536L);
      assertThat(listening.server.bodyBytes()).isZero();
    }
  }

  @Test
  void readsBodiesLargerThanTheWholeBudget() throws Exception {
    try (Listening listening = new Listening(Listening.timeouts(LONG, LONG, LONG), 100_000);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RawClient.Reply>> replies = new ArrayList<>();
      String large = "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: ";
      for (int i = 0; i < 20; i++) {
        replies.add(threads.submit(() -> post(listening, large, 5_000_000)));
      }
      for (Future<RawClient.Reply> reply : replies) {
        assertThat(reply.get().status()).isEqualTo(204);
      }
      assertThat(listening.mostBodies.get()).isLessThan(5_000_000L + 100_000 + 21 * 131_072L);
    }
  }

  private static RawClient.Reply post(Listening listening, String head, int size)
      throws IOException {
    try (RawClient client = listening.client()) {
      return client.send(head + size + "\r\n\r\n").send(new byte[size]).read();
    }
  }

  @Test
  void answersHundredsOfConnections() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try (Listening listening = Listening.patient()) {
      for (int i = 0; i < 400; i++) {
        clients.add(listening.client());
      }
      for (int round = 0; round < 3; round++) {
        for (RawClient client : clients) {
          client.send(READY);
        }
        for (RawClient client : clients) {
          assertThat(client.read().text()).isEqualTo("ready\n");
        }
      }
      assertThat(listening.server.connections()).isEqualTo(400);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void closesConnectionsOverTheLimit() throws IOException {
    try (Listening listening = new Listening(Listening.timeouts(LONG, LONG, LONG), 1 << 20, 1);
        RawClient first = listening.client()) {
      assertThat(first.send(READY).read().status()).isEqualTo(200);
      try (RawClient second = listening.client()) {
        assertThat(second.isClosed()).isTrue();
      }
      assertThat(first.send(READY).read().status()).isEqualTo(200);
    }
  }

  @Test
  void answersWhatIsUnderWayBeforeItStops() throws Exception {
    try (Listening listening = Listening.patient();
        RawClient client = listening.client();
        RawClient idle = listening.client()) {
      assertThat(idle.send(READY).read().status()).isEqualTo(200);
      client.send(SLOW + "0\r\n\r\n");
      Listening.await(() -> listening.running.get() == 1);
      Thread stopping = Thread.startVirtualThread(listening.server::close);
      assertThat(idle.isClosed()).isTrue();
      assertThatThrownBy(listening::client).isInstanceOf(IOException.class);
      listening.finish.release();
      RawClient.Reply reply = client.read();
      assertThat(reply.text()).isEqualTo("done\n");
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.isClosed()).isTrue();
      stopping.join();
    }
  }

  @Test
  void stopsThoughARequestNeverEnds() throws Exception {
    try (Listening listening = Listening.hasty();
        RawClient client = listening.client()) {
      client.send(SLOW + "0\r\n\r\n");
      Listening.await(() -> listening.running.get() == 1);
      listening.server.close();
      listening.interrupted.await();
      assertThat(client.isClosed()).isTrue();
    }
  }
}
