package dev.skald.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.skald.querier.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class BlockedQueryMetricsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(BlockedQueryMetrics.class);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockedQueryMetrics metrics = new BlockedQueryMetrics(registry);

  @BeforeEach
  void listen() {
    logger.setAdditive(false);
    seen.start();
    logger.addAppender(seen);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(seen);
    logger.setAdditive(true);
  }

  private double blocked(String tenant) {
    return registry.get("loki.blocked.queries").tag("user", tenant).gauge().value();
  }

  @Test
  void countsAndLogsWhatWasBlocked() {
    metrics.blocked(new Caller("t", "anna", Map.of()), "{app=\"a\"}");
    metrics.blocked(Caller.of("t"), "x".repeat(5_000));
    metrics.blocked(Caller.of("u"), "{}");

    assertThat(blocked("t")).isEqualTo(2);
    assertThat(blocked("u")).isEqualTo(1);
    List<String> lines = seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines.getFirst())
        .isEqualTo("query blocked by policy: tenant=t user=anna hash=3674209154 query={app=\"a\"}");
    assertThat(lines.get(1)).hasSizeLessThan(1_200).endsWith("x...");
    assertThat(seen.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
  }

  @Test
  void tellsOnlySoManyTenantsApart() {
    for (int i = 0; i < 5_010; i++) {
      metrics.blocked(Caller.of("t" + i), "{}");
    }
    assertThat(blocked("other tenants")).isEqualTo(10);
  }
}
