package dev.skald.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.AuthConfig;
import dev.skald.config.AuthConfig.Access;
import dev.skald.config.AuthConfig.User;
import dev.skald.server.http.Gate.Admission;
import dev.skald.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PUSH = "/loki/api/v1/push";
  private static final String QUERY = "/loki/api/v1/query_range";

  private final Users users =
      new Users(
          new AuthConfig(
              List.of(
                  user("writer", "secret", "", Access.WRITE, "a"),
                  user("reader", "ge:heim", "", Access.READ, "a", "b"),
                  user("robot", "", "t0ken", Access.READ_WRITE, "c"),
                  user("root", "toor", "", Access.READ_WRITE)),
              Set.of("/ready")),
          RANDOM,
          1);

  private static User user(
      String name, String password, String token, Access access, String... tenants) {
    return new User(
        name,
        password.isEmpty() ? "" : PasswordHash.of(password, 1000, RANDOM).text(),
        token.isEmpty() ? "" : TokenHash.of(token).text(),
        Set.of(tenants),
        access);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Request request(String method, String authorization, String tenant) {
    Map<String, String> headers = new HashMap<>(Map.of("authorization", authorization));
    if (!tenant.isEmpty()) {
      headers.put("x-scope-orgid", tenant);
    }
    return new Request(method, "/", Map.of(), Map.of(), headers, new byte[0]);
  }

  private Admission decided(String method, String authorization, String tenant, String pattern)
      throws Exception {
    Admission admission = users.admit(request(method, authorization, tenant), pattern);
    return admission instanceof Admission.Undecided(var check) ? check.call() : admission;
  }

  private int status(String method, String authorization, String tenant, String pattern)
      throws Exception {
    return decided(method, authorization, tenant, pattern) instanceof Admission.Refused refused
        ? refused.response().status()
        : 200;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, reader:ge:heim, a, /loki/api/v1/query_range, 200",
    "POST, reader:ge:heim, a|b, /loki/api/v1/query_range, 200",
    "POST, reader:ge:heim, b:sub, /loki/api/v1/series, 200",
    "GET, reader:ge:heim, c, /loki/api/v1/query_range, 403",
    "GET, reader:ge:heim, a|c, /loki/api/v1/query_range, 403",
    "POST, reader:ge:heim, a, /loki/api/v1/push, 403",
    "POST, reader:ge:heim, a, /loki/api/v1/delete, 403",
    "DELETE, reader:ge:heim, a, /loki/api/v1/rules/{namespace}, 403",
    "GET, reader:ge:heim, a, /loki/api/v1/rules, 200",
    "GET, reader:ge:heim, a, /flush, 403",
    "GET, reader:ge:heim, a, /metrics, 403",
    "POST, writer:secret, a, /loki/api/v1/push, 200",
    "POST, writer:secret, a, /otlp/v1/logs, 200",
    "POST, writer:secret, '', /loki/api/v1/push, 200",
    "GET, writer:secret, a, /loki/api/v1/query_range, 403",
    "POST, writer:secret, a, /loki/api/v1/query, 403",
    "GET, root:toor, z, /loki/api/v1/query, 200",
    "GET, root:toor, '', /metrics, 200",
    "POST, root:toor, '', /flush, 200",
    "GET, writer:wrong, a, /loki/api/v1/query_range, 401",
    "GET, nobody:secret, a, /loki/api/v1/query_range, 401",
    "GET, nobody:, a, /loki/api/v1/query_range, 401",
    "GET, robot:t0ken, c, /loki/api/v1/query_range, 200",
    "GET, robot:t0kem, c, /loki/api/v1/query_range, 401",
    "GET, nobody:x, a, /ready, 200",
  })
  void letsEachDoWhatItMay(String method, String pair, String tenant, String path, int status)
      throws Exception {
    assertThat(status(method, basic(pair), tenant, path)).isEqualTo(status);
    assertThat(status(method, basic(pair), tenant, path)).as("once more").isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YWJj",
        "Digest a",
        "Bearer",
        "Bearer x"
      })
  void refusesAtOnceWhatProvesNothing(String authorization) {
    assertThat(users.admit(request("GET", authorization, "a"), QUERY))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> {
              assertThat(refused.response().status()).isEqualTo(401);
              assertThat(refused.response().headers()).containsKey("WWW-Authenticate");
            });
  }

  @Test
  void takesTokensAtOnce() throws Exception {
    assertThat(users.admit(request("POST", "bearer t0ken", "c"), PUSH))
        .isInstanceOf(Admission.Granted.class);
    assertThat(status("POST", "Bearer t0ken", "a", PUSH)).isEqualTo(403);
  }

  @Test
  void hashesAPasswordOnce() throws Exception {
    Request push = request("POST", basic("writer:secret"), "a");
    assertThat(users.admit(push, PUSH)).isInstanceOf(Admission.Undecided.class);
    decided("POST", basic("writer:secret"), "a", PUSH);
    assertThat(users.admit(push, PUSH)).isInstanceOf(Admission.Granted.class);
    decided("POST", basic("writer:wrong"), "a", PUSH);
    assertThat(users.admit(request("POST", basic("writer:wrong"), "a"), PUSH))
        .isInstanceOf(Admission.Refused.class);
  }

  @Test
  void givesAUserOfOneTenantThatTenant() throws Exception {
    assertThat(decided("POST", basic("writer:secret"), "", PUSH))
        .isInstanceOfSatisfying(
            Admission.Granted.class,
            granted -> assertThat(granted.request().header("X-Scope-OrgID")).isEqualTo("a"));
    assertThat(decided("GET", basic("reader:ge:heim"), "", QUERY))
        .isInstanceOfSatisfying(
            Admission.Granted.class,
            granted -> assertThat(granted.request().header("X-Scope-OrgID")).isEmpty());
  }

  @Test
  void writesHashesThatItReads() {
    PasswordHash hash = PasswordHash.of("pässword", 1000, RANDOM);
    assertThat(PasswordHash.parse(hash.text()).matches("pässword")).isTrue();
    assertThat(PasswordHash.parse(hash.text()).matches("password")).isFalse();
    assertThat(hash.text()).matches("pbkdf2-sha256:1000:[\\w-]{22}:[\\w-]{43}");
    assertThat(new User("a", hash.text(), "", Set.of(), Access.READ).passwordHash())
        .isEqualTo(hash.text());
  }
}
