package dev.skald.ruler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.HttpAuth;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PosterTest {
  private static final byte[] BODY = {1, 2, 3};

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    client.shutdownNow();
  }

  private Poster poster(HttpAuth auth, Duration timeout) {
    return new Poster(client, auth, timeout);
  }

  private Reply post(HttpAuth auth) throws Exception {
    return poster(auth, Duration.ofSeconds(20)).post(receiver.url("/a"), Map.of("X", "y"), BODY);
  }

  private String authorization() {
    return receiver.received().getLast().headers().get("authorization");
  }

  @Test
  void postsTheBodyWithItsHeaders() throws Exception {
    assertThat(post(HttpAuth.NONE).ok()).isTrue();

    assertThat(receiver.received())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/a");
              assertThat(request.headers()).containsEntry("x", "y");
              assertThat(request.headers()).doesNotContainKey("authorization");
              assertThat(request.body()).isEqualTo(BODY);
            });
  }

  @Test
  void provesItselfAsItWasTold() throws Exception {
    post(HttpAuth.basic("user", "pässword"));
    assertThat(authorization()).isEqualTo("Basic dXNlcjpww6Rzc3dvcmQ=");

    post(new HttpAuth("", "", "", "Token", "secret", ""));
    assertThat(authorization()).isEqualTo("Token secret");
  }

  @Test
  void readsSecretsInFilesEachTime() throws Exception {
    Path file = directory.resolve("token");
    HttpAuth auth = new HttpAuth("", "", "", "Bearer", "", file.toString());
    Files.writeString(file, "one\n");
    post(auth);
    assertThat(authorization()).isEqualTo("Bearer one");

    Files.writeString(file, "two");
    post(auth);
    assertThat(authorization()).isEqualTo("Bearer two");

    Files.delete(file);
    assertThatThrownBy(() -> post(auth))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("token");
  }

  @Test
  void saysWhatWasAnswered() throws Exception {
    receiver.then(429, Map.of("Retry-After", "7"), "x".repeat(100_000));

    Reply reply = post(HttpAuth.NONE);

    assertThat(reply.limited()).isTrue();
    assertThat(reply.refused()).isFalse();
    assertThat(reply.excerpt()).isEqualTo("x".repeat(512));
    assertThat(reply.wait(Instant.EPOCH)).contains(Duration.ofSeconds(7));
  }

  @Test
  void readsWaitsInSecondsAndAsDates() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(wait("Thu, 01 Jan 2026 00:00:30 GMT", now)).hasSeconds(30);
    assertThat(wait("Thu, 01 Jan 2025 00:00:30 GMT", now)).isZero();
    assertThat(wait("100000", now)).hasMinutes(10);
    assertThat(wait("-1", now)).isZero();
    assertThat(wait("soon", now)).isZero();
    assertThat(wait("", now)).isZero();
  }

  private static Duration wait(String retryAfter, Instant now) {
    return new Reply(503, "", retryAfter).wait(now).orElse(Duration.ZERO);
  }

  @Test
  void followsRedirectsThatKeepTheBody() throws Exception {
    receiver.then(307, Map.of("Location", "/b"), "").then(308, Map.of("Location", "/c"), "");

    assertThat(post(HttpAuth.basic("u", "p")).ok()).isTrue();

    assertThat(receiver.received())
        .extracting(Receiver.Received::path)
        .containsExactly("/a", "/b", "/c");
    assertThat(receiver.received()).allMatch(request -> request.body().length == 3);
    assertThat(authorization()).isNotNull();
  }

  @Test
  void tellsNoOtherHostItsSecrets() throws Exception {
    try (Receiver other = new Receiver()) {
      receiver.then(307, Map.of("Location", other.url("/x").toString()), "");

      assertThat(post(HttpAuth.basic("u", "p")).ok()).isTrue();

      assertThat(other.received().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void takesNoRedirectForSuccessThatWouldLoseTheBody() throws Exception {
    receiver.then(302, Map.of("Location", "/login"), "");

    Reply reply = post(HttpAuth.NONE);

    assertThat(reply.ok()).isFalse();
    assertThat(reply.toString()).isEqualTo("status 302: redirects to /login");
  }

  @Test
  void doesNotRunInCircles() throws Exception {
    for (int i = 0; i < 10; i++) {
      receiver.then(307, Map.of("Location", "/a"), "");
    }

    assertThat(post(HttpAuth.NONE).ok()).isFalse();
    assertThat(receiver.received()).hasSize(6);
  }

  @Test
  void waitsNoLongerThanTheTimeout() {
    receiver.thenHang();

    assertThatThrownBy(
            () ->
                poster(HttpAuth.NONE, Duration.ofMillis(200))
                    .post(receiver.url("/"), Map.of(), BODY))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void waitsNoLongerForABodyThatDoesNotEnd() {
    receiver.thenBodyWithoutEnd();

    assertThatThrownBy(
            () ->
                poster(HttpAuth.NONE, Duration.ofMillis(200))
                    .post(receiver.url("/"), Map.of(), BODY))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void aServerThatHangsUpIsAnError() {
    receiver.thenHangUp();

    assertThatThrownBy(() -> post(HttpAuth.NONE)).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatIsNotThereIsAnError() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(
            () ->
                poster(HttpAuth.NONE, Duration.ofSeconds(20))
                    .post(URI.create("http://127.0.0.1:" + port), Map.of(), BODY))
        .isInstanceOf(ConnectException.class);
  }
}
