package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers could read in two ways get one answer: none, and an end. */
@Timeout(90)
final class HttpEdgeTest {
  private static final String POST = "POST /small HTTP/1.1\r\nHost: x\r\n";
  private static final String HIDDEN = "GET /ready HTTP/1.1\r\nHost: hidden\r\n\r\n";

  private static Listening listening;

  @BeforeAll
  static void listen() throws IOException {
    listening = Listening.patient();
  }

  @AfterAll
  static void stop() {
    listening.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        "Content-Length: 5, 6\r\n\r\nabcde",
        "Content-Length: +5\r\n\r\nabcde",
        "Content-Length: 0x5\r\n\r\nabcde",
        "Content-Length: 99999999999999999999\r\n\r\nabcde",
        "Content-Length : 5\r\n\r\nabcde",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n\r\nabc\r\n0\r\n\r\n",
        "Host: y\r\n\r\n",
        "X\0Y: z\r\n\r\n",
        "X: a\0b\r\n\r\n",
        "X: a\rb\r\n\r\n",
        ": nameless\r\n\r\n",
        "Na(me: x\r\n\r\n",
      })
  void refusesWhatCanBeReadTwoWays(String rest) throws IOException {
    try (RawClient client = listening.client()) {
      RawClient.Reply reply = client.send(POST + rest + HIDDEN).read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "GET /ready HTTP/1.1\r\n\r\n",
        "GET /ready HTTP/1.1\r\nHost: x\r\nExpect: nothing\r\n\r\n",
      })
  void answersNothingThatStandsBehindWhatItRefuses(String refused) throws IOException {
    String behind = "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    try (Listening alone = Listening.patient();
        RawClient client = alone.client()) {
      client.send("POST /slow HTTP/1.1\r\nHost: x\r\n\r\n" + refused + behind);
      Listening.await(() -> alone.running.get() == 1);
      alone.finish.release();
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isIn(400, 417);
      assertThat(client.isClosed()).isTrue();
      alone.server.close();
      assertThat(alone.observed).containsExactly("POST slow 200");
    }
  }

  @Test
  void refusesChunksInOldVersions() throws IOException {
    try (RawClient client = listening.client()) {
      client.send("POST /small HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN);
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7FFFFFFF", "FFFFFFFF", "7FFFFFFFFFFFFFFF"})
  void believesNoHugeChunk(String size) throws IOException {
    try (RawClient client = listening.client()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + "x".repeat(2000));
      assertThat(client.read().status()).isIn(400, 413);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void takesTheSameLengthTwiceForOneOrRefusesIt() throws IOException {
    try (RawClient client = listening.client()) {
      client.send(POST + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" + HIDDEN);
      assertThat(client.read().status()).isIn(200, 400);
    }
  }

  @Test
  void takesAFoldedHeaderForOneHeaderOrRefusesIt() throws IOException {
    try (RawClient client = listening.client()) {
      client.send(POST + "X: a\r\n Content-Length: 40\r\nContent-Length: 3\r\n\r\nabc" + HIDDEN);
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isIn(200, 400);
      if (reply.status() == 200) {
        assertThat(reply.text()).isEqualTo("3 bytes\n");
        assertThat(client.read().text()).isEqualTo("ready\n");
      }
    }
  }

  @Test
  void refusesLinesThatEndInABareNewline() throws IOException {
    try (RawClient client = listening.client()) {
      client.send("POST /small HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc");
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo?q=%ff%fe", "/echo?q=%00", "/echo?q=%ed%a0%80", "/echo?q=\u00ff"})
  void answersTextThatIsNoUtf8(String target) throws IOException {
    try (RawClient client = listening.client()) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().status()).isIn(200, 400);
    }
  }

  @Test
  void refusesTooManyHeaders() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1100; i++) {
      many.append("X-").append(i).append(": y\r\n");
    }
    try (RawClient client = listening.client()) {
      assertThat(client.send(POST + many + "\r\n").read().status()).isEqualTo(431);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void survivesDamagedRequests() throws IOException {
    Random random = new Random(7);
    byte[] whole =
        (POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + HIDDEN)
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try (RawClient client = listening.client()) {
        client.send(damaged).endOutput();
        assertThat(client.read().status()).isLessThan(500);
      } catch (EOFException nothingToAnswer) {
        continue;
      }
    }
    try (RawClient client = listening.client()) {
      assertThat(client.send(HIDDEN).read().text()).isEqualTo("ready\n");
    }
    assertThat(listening.observed).noneMatch(seen -> seen.endsWith("500"));
    Listening.await(() -> listening.server.bodyBytes() == 0);
  }
}
