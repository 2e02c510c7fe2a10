package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that are made while they are sent. */
@Timeout(90)
final class StreamedRepliesTest {
  private static final int PIECE = 1 << 16;

  /** What may be under way between who writes and a client that does not read. */
  private static final long MOST_UNDER_WAY = 16L << 20;

  private Listening listening;
  private HttpClient client;

  @BeforeEach
  void listen() throws IOException {
    listening = Listening.patient();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    listening.close();
  }

  private HttpRequest.Builder request(long size) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + listening.server.port() + "/stream?size=" + size));
  }

  private static byte[] expected(int size) {
    Random random = new Random(1);
    byte[] all = new byte[size];
    byte[] piece = new byte[PIECE];
    for (int from = 0; from < size; from += PIECE) {
      random.nextBytes(piece);
      System.arraycopy(piece, 0, all, from, Math.min(PIECE, size - from));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 5_000_001})
  void arriveWhole(int size) throws Exception {
    HttpResponse<byte[]> reply =
        client.send(request(size).build(), HttpResponse.BodyHandlers.ofByteArray());

    assertThat(reply.headers().firstValue("content-encoding")).isEmpty();
    assertThat(reply.body()).isEqualTo(expected(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 5_000_001})
  void arriveCompressedForWhoTakesThat(int size) throws Exception {
    HttpRequest asked = request(size).header("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> reply = client.send(asked, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(reply.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(reply.headers().firstValue("transfer-encoding")).contains("chunked");
    assertThat(reply.headers().allValues("vary")).contains("Accept-Encoding, Origin");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(reply.body())).readAllBytes())
        .isEqualTo(expected(size));
  }

  /** Nothing is made that nobody reads, so that memory does not grow with the reply. */
  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void waitForWhoReadsSlowly(String encoding) throws Exception {
    int size = 64 << 20;
    HttpRequest asked = request(size).header("Accept-Encoding", encoding).build();
    HttpResponse<InputStream> reply = client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
    long taken = 0;
    try (InputStream raw = reply.body();
        InputStream body = encoding.equals("gzip") ? new GZIPInputStream(raw) : raw) {
      byte[] piece = new byte[PIECE];
      for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
        taken += read;
        assertThat(listening.streamed.get() - taken).isLessThan(MOST_UNDER_WAY);
      }
    }
    assertThat(taken).isEqualTo(size);
  }

  @Test
  void areToldOfWithAllTheirBytesOnceTheyAreOver() throws Exception {
    HttpResponse<byte[]> reply =
        client.send(request(3_000_000).build(), HttpResponse.BodyHandlers.ofByteArray());

    assertThat(reply.body()).hasSize(3_000_000);
    Listening.await(() -> !listening.sent.isEmpty());
    assertThat(listening.sent).containsExactly(3_000_000L);
  }

  @Test
  void endWhenTheClientHasGone() throws Exception {
    try (RawClient gone = listening.client()) {
      gone.send("GET /stream?size=9000000000 HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
      assertThat(gone.readHead().headers()).containsEntry("content-encoding", "gzip");
    }
    Listening.await(() -> listening.streamsBroken.get() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void haveNoBodyForHeadAndLeaveTheConnection(String encoding) throws Exception {
    try (RawClient head = listening.client()) {
      for (int i = 1; i <= 3; i++) {
        head.send(
            "HEAD /stream?size=9000000000 HTTP/1.1\r\nHost: x\r\nAccept-Encoding: %s\r\n\r\n"
                .formatted(encoding));
        RawClient.Reply reply = head.readHead();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
            .containsEntry("content-type", "text/plain")
            .doesNotContainKeys("transfer-encoding", "content-length");
      }
      head.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(head.read().text()).isEqualTo("ready\n");
    }
    Listening.await(() -> listening.streamsBroken.get() == 3);
  }
}
