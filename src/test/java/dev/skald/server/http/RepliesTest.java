package dev.skald.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with every reply: compression, pages of other origins, headers. */
final class RepliesTest {
  private static final String ORIGIN = "https://grafana.example";

  private Listening listening;
  private RawClient client;

  @BeforeEach
  void listen() throws IOException {
    listening = Listening.patient();
    client = listening.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listening.close();
  }

  private RawClient.Reply send(String methodAndPath, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    client.send(methodAndPath + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n");
    return methodAndPath.startsWith("HEAD") ? client.readHead() : client.read();
  }

  @Test
  void compressesLargeRepliesForWhoTakesThat() throws IOException {
    RawClient.Reply reply = send("GET /text?size=500000", "Accept-Encoding: gzip, deflate");
    assertThat(reply.headers())
        .containsEntry("content-encoding", "gzip")
        .containsEntry("vary", "Accept-Encoding, Origin")
        .containsEntry("x-content-type-options", "nosniff");
    assertThat(reply.body()).hasSizeLessThan(10_000);
    byte[] text = new GZIPInputStream(new ByteArrayInputStream(reply.body())).readAllBytes();
    assertThat(new String(text, UTF_8)).isEqualTo("x".repeat(500_000));
  }

  @Test
  void leavesOthersAsTheyAre() throws IOException {
    assertThat(send("GET /text?size=1399", "Accept-Encoding: gzip").headers())
        .doesNotContainKey("content-encoding")
        .containsEntry("vary", "Accept-Encoding, Origin");
    assertThat(send("GET /text?size=5000").headers()).doesNotContainKey("content-encoding");
    assertThat(send("GET /ready").body()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "gzip ~ true",
        "GZIP ~ true",
        "deflate, gzip;q=0.5 ~ true",
        "* ~ true",
        "gzip;q=0 ~ false",
        "gzip; q=0.000 ~ false",
        "gzip;q=0, * ~ false",
        "identity ~ false",
        "'' ~ false",
        "br ~ false",
        "gzipped ~ false",
      })
  void readsWhatIsAccepted(String header, boolean gzip) {
    assertThat(GzipReply.accepts(header)).isEqualTo(gzip);
  }

  @Test
  void letsPagesOfKnownOriginsRead() throws IOException {
    assertThat(send("GET /ready", "Origin: " + ORIGIN).headers())
        .containsEntry("access-control-allow-origin", ORIGIN);
    assertThat(send("GET /ready", "Origin: https://evil.example").headers())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void answersWhetherAPageMaySend() throws IOException {
    String method = "Access-Control-Request-Method: POST";
    RawClient.Reply allowed = send("OPTIONS /echo", "Origin: " + ORIGIN, method);
    assertThat(allowed.status()).isEqualTo(204);
    assertThat(allowed.headers())
        .containsEntry("access-control-allow-origin", ORIGIN)
        .containsKey("access-control-allow-headers");
    assertThat(send("OPTIONS /echo", "Origin: https://evil.example", method).headers())
        .doesNotContainKey("access-control-allow-origin")
        .doesNotContainKey("access-control-allow-methods");
  }

  @Test
  void tellsWhichMethodsThereAre() throws IOException {
    for (String method : List.of("DELETE", "OPTIONS")) {
      assertThat(send(method + " /echo").headers())
          .containsEntry("allow", "GET, HEAD, OPTIONS, POST");
    }
    assertThat(send("DELETE /echo").status()).isEqualTo(405);
    assertThat(send("OPTIONS /echo").status()).isEqualTo(204);
    assertThat(send("OPTIONS /nothing").status()).isEqualTo(404);
  }
}
