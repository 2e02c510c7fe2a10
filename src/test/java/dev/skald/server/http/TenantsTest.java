package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TenantsTest {
  private static Request request(Map<String, String> headers) {
    return new Request("GET", "/", Map.of(), Map.of(), headers, new byte[0]);
  }

  private static String tenant(String header) {
    return new Tenants(true).single(request(Map.of("x-scope-orgid", header)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t1", "A-z_0.9", "!*'()", "...", "a"})
  void takesTheTenantFromTheHeader(String id) {
    assertThat(tenant(id)).isEqualTo(id);
  }

  @Test
  void cutsOffWhatFollowsAColon() {
    assertThat(tenant("t1:sub")).isEqualTo("t1");
  }

  @Test
  void takesOneTenantNamedTwice() {
    assertThat(tenant("t1|t1:sub")).isEqualTo("t1");
  }

  @Test
  void ignoresTheHeaderWithoutAuthentication() {
    Tenants open = new Tenants(false);
    assertThat(open.single(request(Map.of()))).isEqualTo("fake");
    assertThat(open.single(request(Map.of("x-scope-orgid", "a/b|c")))).isEqualTo("fake");
  }

  private static void assertRefused(Map<String, String> headers, int status, String message) {
    assertThatThrownBy(() -> new Tenants(true).single(request(headers)))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessage(message + "\n");
  }

  @Test
  void demandsATenant() {
    assertRefused(Map.of(), 401, "no org id");
    assertRefused(Map.of("x-scope-orgid", ""), 401, "no org id");
    assertRefused(Map.of("x-scope-orgid", ":sub"), 401, "no org id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a/b ~ tenant ID 'a/b' contains unsupported character '/'",
        "a b ~ tenant ID 'a b' contains unsupported character ' '",
        "ü ~ tenant ID 'ü' contains unsupported character 'ü'",
        ". ~ tenant ID is '.' or '..'",
        ".. ~ tenant ID is '.' or '..'",
        "t1|t2 ~ multiple org IDs present",
        "t1|a/b ~ tenant ID 'a/b' contains unsupported character '/'",
      })
  void rejectsWhatIsNoTenant(String header, String message) {
    assertRefused(Map.of("x-scope-orgid", header), 400, message);
  }

  @Test
  void limitsTheLengthOfATenant() {
    assertThat(tenant("t".repeat(150))).hasSize(150);
    assertRefused(
        Map.of("x-scope-orgid", "t".repeat(151)), 400, "tenant ID is too long: max 150 characters");
  }
}
