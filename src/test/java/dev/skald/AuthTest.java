package dev.skald;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.server.auth.HashCommand;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembled server with users and tenants. */
final class AuthTest {
  private static final String USERS =
      """

      auth:
        public_paths: [/ready, /metrics]
        users:
          - {name: promtail, password_hash: "%s", tenants: [a], access: write}
          - {name: grafana, token_hash: "%s", tenants: [a, b], access: read}
          - {name: root, token_hash: "%s"}
      """
          .formatted(hash("secret"), hash("glass", "-token"), hash("toor", "-token"));

  @TempDir static Path directory;
  private static RunningServer server;

  private static String hash(String what, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HashCommand.run(
        List.of(arguments),
        new ByteArrayInputStream(what.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        System.err);
    return out.toString(UTF_8).strip();
  }

  @BeforeAll
  static void start() {
    String yaml = RunningServer.config(directory, 0, "").replace("auth_enabled: false", "");
    server =
        RunningServer.configured(
            directory, "auth_enabled: true\n" + yaml + USERS, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply send(
      String method, String path, String authorization, String tenant, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    if (!authorization.isEmpty()) {
      headers.put("Authorization", authorization);
    }
    if (!tenant.isEmpty()) {
      headers.put("X-Scope-OrgID", tenant);
    }
    return server.http().method(method, path, headers, body.getBytes(UTF_8));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Test
  void letsWhoMayPushPushAndWhoMayReadRead() {
    String push = Lines.push(Map.of("app", "x"), 1_795_132_800_000_000_000L, List.of("hello"));
    String pushPath = "/loki/api/v1/push";
    for (int i = 0; i < 3; i++) {
      assertThat(send("POST", pushPath, basic("promtail:secret"), "", push).status())
          .isEqualTo(204);
    }
    assertThat(send("POST", pushPath, basic("promtail:wrong"), "", push).status()).isEqualTo(401);
    assertThat(send("POST", pushPath, basic("promtail:secret"), "b", push).status()).isEqualTo(403);
    assertThat(send("POST", pushPath, "Bearer glass", "a", push).status()).isEqualTo(403);
    assertThat(send("POST", pushPath, "", "a", push).status()).isEqualTo(401);

    String query =
        "/loki/api/v1/query_range?query=%7Bapp%3D%22x%22%7D&start=1795132800&end=1795132900";
    assertThat(send("GET", query, "Bearer glass", "a", "").text()).contains("hello");
    assertThat(send("GET", query, "Bearer glass", "b", "").text()).doesNotContain("hello");
    assertThat(send("GET", query, "Bearer glass", "c", "").text())
        .isEqualTo("grafana may not use the tenant c\n");
    assertThat(send("GET", query, "Bearer glass", "", "").text()).isEqualTo("no org id\n");
    assertThat(send("GET", query, basic("promtail:secret"), "a", "").status()).isEqualTo(403);
  }

  @Test
  void letsWhoMayReadExport() {
    String export =
        "/skald/api/v1/export?query=%7Bapp%3D%22none%22%7D&start=1795132800&end=1795132900";
    assertThat(send("GET", export, "Bearer glass", "b", "").status()).isEqualTo(200);
    assertThat(send("GET", export, "Bearer glass", "c", "").status()).isEqualTo(403);
    assertThat(send("GET", export, basic("promtail:secret"), "a", "").status()).isEqualTo(403);
  }

  @Test
  void leavesPublicPathsOpenAndHidesTheRest() {
    assertThat(send("GET", "/ready", "", "", "").status()).isEqualTo(200);
    assertThat(send("GET", "/metrics", "", "", "").status()).isEqualTo(200);
    Reply config = send("GET", "/config", "", "", "");
    assertThat(config.status()).isEqualTo(401);
    assertThat(config.headers()).containsKey("www-authenticate");
    assertThat(send("GET", "/config", "Bearer glass", "", "").status()).isEqualTo(403);
    Reply roots = send("GET", "/config", "Bearer toor", "", "");
    assertThat(roots.text()).contains("grafana").doesNotContain("pbkdf2").doesNotContain("sha256:");
  }

  @Test
  void refusesBeforeItReadsABody() {
    Reply reply = send("POST", "/loki/api/v1/push", "", "a", "x".repeat(3_000_000));
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void saysWhatIsWrongWithUsers() {
    assertThatThrownBy(() -> RunningServer.startWith(directory.resolve("x"), USERS))
        .hasMessageContaining("auth_enabled: true");
    assertThatThrownBy(
            () ->
                RunningServer.startWith(
                    directory.resolve("x"), "auth: {users: [{name: a, password_hash: plain}]}"))
        .hasMessageContaining("auth.users: a: password_hash is none that");
  }
}
