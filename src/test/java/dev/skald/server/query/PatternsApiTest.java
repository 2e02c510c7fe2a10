package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.PatternConfig;
import dev.skald.ingester.pattern.Patterns;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PatternsApiTest {
  private static final Request REQUEST =
      new Request(
          "GET",
          "/loki/api/v1/patterns",
          Map.of(),
          Map.of("query", List.of("{app=\"a\"}")),
          Map.of(),
          new byte[0]);

  @Test
  void isNotThereUnlessItIsSwitchedOn() throws Exception {
    assertThat(ask(false).status()).isEqualTo(404);
    assertThat(ask(false).length()).isZero();
    assertThat(ask(true).status()).isEqualTo(200);
  }

  private static Response ask(boolean enabled) throws Exception {
    PatternConfig usual = PatternConfig.defaults();
    PatternConfig config =
        new PatternConfig(
            enabled,
            usual.maxClusters(),
            usual.maxLineLength(),
            usual.retainFor(),
            usual.sampleInterval());
    Patterns patterns = new Patterns(config, 1);
    PatternsApi.Turns turns = (tenant, query) -> query.apply(() -> {});
    Handler handler =
        new PatternsApi(patterns, turns, new Tenants(false), () -> Instant.EPOCH)::patterns;
    return handler.handle(REQUEST);
  }
}
