package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** For which user of a tenant a query counts. */
final class CallersTest {
  private final Map<String, String> headers = new TreeMap<>();

  private String actor() {
    Request request =
        new Request("GET", "/q", Map.of(), Map.of(), headers, new byte[0], "10.0.0.7");
    return Callers.of(request, "t").actor();
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theAddressStandsForWhoDoesNotSayMore() {
    assertThat(actor()).isEqualTo("10.0.0.7");
  }

  @Test
  void whatSaysMostAboutTheUserCounts() {
    headers.put("authorization", basic("grafana:secret:with:colons"));
    assertThat(actor()).isEqualTo("grafana");
    headers.put("x-query-tags", "Source=logvolhist, User=anna");
    assertThat(actor()).isEqualTo("anna");
    headers.put("x-grafana-user", "berta");
    assertThat(actor()).isEqualTo("berta");
    headers.put("x-loki-actor-path", "team|carla");
    assertThat(actor()).isEqualTo("team|carla");
  }

  @Test
  void whatIsBlankOrMalformedSaysNothing() {
    headers.put("x-loki-actor-path", " ");
    headers.put("x-grafana-user", "");
    headers.put("x-query-tags", "user=");
    headers.put("authorization", "Basic %%%");
    assertThat(actor()).isEqualTo("10.0.0.7");
    headers.put("authorization", "Bearer abc");
    assertThat(actor()).isEqualTo("10.0.0.7");
    headers.put("authorization", basic(":secret"));
    assertThat(actor()).isEqualTo("10.0.0.7");
  }

  @Test
  void theTenantAndTheTagsComeWithIt() {
    headers.put("x-query-tags", "Source=Bot,x=,=y");
    Request request = new Request("GET", "/q", Map.of(), Map.of(), headers, new byte[0]);
    assertThat(Callers.of(request, "t").tenant()).isEqualTo("t");
    assertThat(Callers.of(request, "t").actor()).isEmpty();
    assertThat(Callers.of(request, "t").tags()).isEqualTo(Map.of("source", "Bot", "x", ""));
  }
}
