package dev.skald.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.distributor.PushOutcome.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class PushMetricsTest {
  private static final int TOLD_APART = 5_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PushMetrics metrics = new PushMetrics(registry);

  private double lines(String tenant) {
    return registry.get("loki.distributor.lines.received").tag("tenant", tenant).counter().count();
  }

  @Test
  void countsTenantsBeyondSomeThousandTogether() {
    for (int i = 0; i < TOLD_APART + 100; i++) {
      metrics.received("t" + i, Format.LOKI, 2, 10, 0);
    }
    metrics.received("t0", Format.LOKI, 1, 10, 0);
    metrics.discarded("t" + TOLD_APART, Format.LOKI, "rate_limited", 1, 1);
    assertThat(lines("t0")).isEqualTo(3);
    assertThat(lines("other tenants")).isEqualTo(200);
    assertThat(registry.get("loki.distributor.lines.received").counters()).hasSize(TOLD_APART + 1);
    assertThat(registry.get("loki.discarded.samples").counter().getId().getTag("tenant"))
        .isEqualTo("other tenants");
  }
}
