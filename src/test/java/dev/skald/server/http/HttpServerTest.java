package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as bytes on a socket. */
@Timeout(60)
final class HttpServerTest {
  private Listening listening;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    listening = Listening.patient();
    client = listening.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listening.close();
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String target, String body, String... headers) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(
            target,
            body.length(),
            headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n",
            body);
  }

  @Test
  void answersManyRequestsOfOneConnection() throws IOException {
    for (int i = 0; i < 20; i++) {
      RawClient.Reply reply = client.send(get("/ready")).read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("ready\n");
      assertThat(reply.headers()).doesNotContainKey("connection");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    listening.finish.release(1);
    StringBuilder requests = new StringBuilder(get("/slow"));
    for (int i = 0; i < 500; i++) {
      requests.append(get("/echo?q=" + i)).append(post("/echo?q=" + i, "b".repeat(i)));
    }
    client.send(requests.toString());
    assertThat(client.read().text()).isEqualTo("done\n");
    for (int i = 0; i < 500; i++) {
      assertThat(client.read().text()).isEqualTo("[" + i + "] 0");
      assertThat(client.read().text()).isEqualTo("[" + i + "] " + i);
    }
  }

  @Test
  void answersWhatWasPipelinedBeforeTheClientStoppedSending() throws IOException {
    client.send(get("/echo?q=1") + get("/echo?q=2")).endOutput();
    assertThat(client.read().text()).isEqualTo("[1] 0");
    assertThat(client.read().text()).isEqualTo("[2] 0");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void closesWhenAskedTo() throws IOException {
    client.send("GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(client.read().headers()).containsEntry("connection", "close");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void closesAfterAnOldRequest() throws IOException {
    RawClient.Reply reply = client.send("GET /ready HTTP/1.0\r\n\r\n").read();
    assertThat(reply.text()).isEqualTo("ready\n");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void keepsAnOldConnectionThatAsksForIt() throws IOException {
    String request = "GET /ready HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    assertThat(client.send(request).read().headers()).containsEntry("connection", "keep-alive");
    assertThat(client.send(request).read().text()).isEqualTo("ready\n");
  }

  @Test
  void sendsNoBodyForHead() throws IOException {
    RawClient.Reply reply = client.send("HEAD /ready HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("content-length", "6");
    assertThat(client.send(get("/ready")).read().text()).isEqualTo("ready\n");
  }

  @Test
  void sendsNoLengthWithNoContent() throws IOException {
    RawClient.Reply reply = client.send(post("/large", "x")).read();
    assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 204 No Content");
    assertThat(reply.headers()).doesNotContainKeys("content-length", "content-type");
    assertThat(client.send(get("/ready")).read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /small, 405, ''",
    "OPTIONS, /ready, 204, ''",
    "HEAD, /small, 405, ''",
    "HEAD, /changing, 405, ''",
    "GET, /nothing, 404, 404 page not found",
    "GET, /ready/, 404, 404 page not found",
    "GET, /, 404, 404 page not found",
    "OPTIONS, *, 204, ''",
    "GET, *, 404, 404 page not found",
    "GET, /echo%2Fdeeper, 404, 404 page not found",
    "GET, /%72eady, 200, ready",
    "GET, http://other:3100/ready?x=1, 200, ready",
    "GET, /ready#part, 404, 404 page not found",
    "GET, /echo?q=%zz, 400, invalid URL escape \"%zz\"",
    "GET, /echo?q=%4, 400, invalid URL escape \"%4\"",
    "GET, /%zz, 400, invalid URL escape \"%zz\"",
    "GET, //echo?q=1, 301, ''",
    "GET, /a/../echo?q=1, 301, ''",
  })
  void answersByPathAndMethod(String method, String target, int status, String text)
      throws IOException {
    client.send("%s %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(method, target));
    RawClient.Reply reply = client.read();
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text().strip()).isEqualTo(text);
    if (status == 301) {
      assertThat(reply.headers()).containsEntry("location", "/echo?q=1");
    }
    assertThat(client.send(get("/ready")).read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET /ready HTTP/x.y\r\nHost: x\r\n\r\n",
        "GET /ready HTTP/1.1\r\n\r\n",
        "GET /ready HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /ready HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
        "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\nab",
        "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nab",
        "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /small HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "zz\r\n"
            + "ab\r\n"
            + "0\r\n\r\n",
      })
  void refusesWhatIsNotHttp(String request) throws IOException {
    RawClient.Reply reply = client.send(request + get("/ready")).read();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).startsWith("400 Bad Request");
    assertThat(reply.headers()).containsEntry("connection", "close");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void refusesOtherVersions() throws IOException {
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(505);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void takesLongHeadsAndRefusesEndlessOnes() throws IOException {
    String longQuery = "x".repeat(500_000);
    assertThat(client.send(get("/ready?q=" + longQuery)).read().status()).isEqualTo(200);
    String endless = "x".repeat(2_000_000);
    try (RawClient other = listening.client()) {
      assertThat(other.send(get("/ready?q=" + endless)).read().status()).isEqualTo(414);
      assertThat(other.isClosed()).isTrue();
    }
    client.send("GET /ready HTTP/1.1\r\nHost: x\r\nX: " + endless + "\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(431);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void takesChunkedBodies() throws IOException {
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("3\r\nabc\r\n").send("A;ext=1\r\n0123456789\r\n").send("0\r\nTrailer: x\r\n\r\n");
    assertThat(client.read().text()).isEqualTo("[] 13");
    assertThat(client.send(get("/ready")).read().status()).isEqualTo(200);
  }

  @Test
  void asksForTheBodyOfWhoWaitsForThat() throws IOException {
    String head = "POST /small HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
    assertThat(client.send(head + "3\r\n\r\n").read().status()).isEqualTo(100);
    assertThat(client.send("abc").read().text()).isEqualTo("3 bytes\n");
    assertThat(client.send(head + "1001\r\n\r\n").read().status()).isEqualTo(413);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void expectsNothingElse() throws IOException {
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(417);
  }

  @Test
  void putsTheValuesOfAFormFirst() throws IOException {
    String form = "Content-Type: application/x-www-form-urlencoded; charset=utf-8";
    assertThat(client.send(post("/echo?q=url", "q=a+b&q=%7B", form)).read().text())
        .isEqualTo("[a b, {, url] 11");
    assertThat(client.send(post("/echo?q=url", "q=ignored")).read().text()).isEqualTo("[url] 9");
  }

  @Test
  void tellsWhoSendsTooMuchEvenWhileItSends() throws IOException {
    String text = "request body too large: message size too large than max (%d vs 1000)\n";
    assertThat(client.send(post("/small", "x".repeat(1000))).read().text())
        .isEqualTo("1000 bytes\n");
    RawClient.Reply reply = client.send(post("/small", "x".repeat(5_000_000))).read();
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.text()).isEqualTo(text.formatted(5_000_000));
    assertThat(client.isClosed()).isTrue();
    try (RawClient chunked = listening.client()) {
      chunked.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      chunked.send("3E9\r\n" + "x".repeat(1001) + "\r\n");
      assertThat(chunked.read().text()).isEqualTo(text.formatted(1001));
    }
    assertThat(listening.server.bodyBytes()).isZero();
  }

  @Test
  void refusesFormsThatGoWouldRefuse() throws IOException {
    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: 10485761\r\n\r\n");
    RawClient.Reply reply = client.read();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo("http: POST too large");
  }

  @Test
  void skipsBodiesThatNobodyWants() throws IOException {
    assertThat(client.send(post("/nothing", "x".repeat(60_000))).read().status()).isEqualTo(404);
    assertThat(client.send(post("/ready", "x".repeat(90_000))).read().status()).isEqualTo(405);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void sendsLargeReplies() throws IOException {
    assertThat(client.send(get("/big")).read().body()).hasSize(Listening.BIG);
    assertThat(client.send(get("/ready")).read().status()).isEqualTo(200);
  }

  @Test
  void interruptsWhoAnswersAClientThatHasGone() throws Exception {
    client.send(get("/slow"));
    Listening.await(() -> listening.running.get() == 1);
    client.close();
    listening.interrupted.await();
    Listening.await(() -> listening.observed.contains("GET slow 499"));
    Listening.await(() -> listening.server.connections() == 0);
  }

  @Test
  void interruptsWhoAnswersAConnectionThatBroke() throws Exception {
    client.send(get("/slow"));
    Listening.await(() -> listening.running.get() == 1);
    client.reset();
    listening.interrupted.await();
  }

  @Test
  void letsPushesEndWhenTheirClientHasGone() throws Exception {
    client.send(post("/stubborn", "x")).endOutput();
    Listening.await(() -> listening.running.get() == 1);
    listening.finish.release();
    assertThat(client.read().text()).isEqualTo("done\n");
    assertThat(listening.observed).containsExactly("POST stubborn 200");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void handsNoHalfRequestToAHandler() throws IOException {
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf").endOutput();
    assertThat(client.isClosed()).isTrue();
    assertThat(listening.observed).isEmpty();
    Listening.await(() -> listening.server.bodyBytes() == 0);
  }
}
