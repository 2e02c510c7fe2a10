package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.server.auth.HashCommand;
import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.TailClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live tails where users have to say who they are. */
final class TailDoorsTest {
  private static final String QUERY = "{app=\"a\"}";
  private static final String USERS =
      """
      auth:
        users:
          - {name: shipper, password_hash: "%s", tenants: [a], access: write}
          - {name: viewer, password_hash: "%s", tenants: [a], access: read}
          - {name: grafana, token_hash: "%s", tenants: [a, b], access: read}
      """
          .formatted(hash("secret"), hash("seeing"), hash("glass", "-token"));

  @TempDir static Path directory;
  private static RunningServer server;

  private static String hash(String what, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashCommand.run(
        List.of(arguments),
        new ByteArrayInputStream(what.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        System.err);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @BeforeAll
  static void start() {
    String yaml =
        RunningServer.config(directory, 0, "").replace("auth_enabled: false", "auth_enabled: true");
    server = RunningServer.configured(directory, yaml + USERS, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static void push(String line) {
    long now = System.currentTimeMillis() * 1_000_000L;
    Http.Reply reply =
        server
            .http()
            .post(
                "/loki/api/v1/push",
                Map.of(
                    "Content-Type", "application/json", "Authorization", basic("shipper:secret")),
                Lines.push(Map.of("app", "a"), now, List.of(line))
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  private static TailClient tail(String... headers) {
    return TailClient.open(server.port(), Map.of("query", QUERY, "limit", 1), headers);
  }

  /** The first request of a password waits for its hash, the second does not. */
  @Test
  void whoMayReadTails() throws Exception {
    push("old");
    for (int i = 0; i < 2; i++) {
      for (String credentials : List.of(basic("viewer:seeing"), basic("grafana:glass"))) {
        try (TailClient tail = tail("Authorization", credentials, "X-Scope-OrgID", "a")) {
          tail.lines(1);
          push("new " + i + credentials);
          assertThat(tail.lines(1)).containsExactly("new " + i + credentials);
        }
      }
    }
    try (TailClient tail = tail("Authorization", "Bearer glass", "X-Scope-OrgID", "a")) {
      assertThat(tail.lines(1).getFirst()).startsWith("new 1");
    }
    try (TailClient own = tail("Authorization", basic("viewer:seeing"))) {
      assertThat(own.lines(1).getFirst()).startsWith("new 1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', a, 401",
    "viewer:wrong, a, 401",
    "nobody:seeing, a, 401",
    "shipper:secret, a, 403",
    "viewer:seeing, b, 403",
    "grafana:glass, c, 403",
    "grafana:glass, '', 401",
    "grafana:glass, a|b, 400",
  })
  void othersAreRefusedBeforeTheSwitch(String pair, String tenant, int status) throws Exception {
    StringBuilder head =
        new StringBuilder("GET /loki/api/v1/tail?query=%7Bapp%3D%22a%22%7D HTTP/1.1\r\n")
            .append("Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n");
    if (!pair.isEmpty()) {
      head.append("Authorization: ").append(basic(pair)).append("\r\n");
    }
    if (!tenant.isEmpty()) {
      head.append("X-Scope-OrgID: ").append(tenant).append("\r\n");
    }
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Reply reply = client.send(head + "\r\n").read();
      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
      assertThat(reply.text()).hasSizeGreaterThan(5);
      assertThat(reply.text().endsWith("\n")).isEqualTo(status != 400);
    }
  }

  /** What the JDK's client makes of a refusal is what other clients make of it. */
  @Test
  void clientsLearnTheStatus() {
    assertThatThrownBy(() -> tail("Authorization", "Bearer none"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
  }
}
