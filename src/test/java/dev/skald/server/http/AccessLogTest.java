package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class AccessLogTest {
  private static final long MILLI = 1_000_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private ch.qos.logback.classic.Level before;

  @BeforeEach
  void listen() {
    before = logger.getLevel();
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
    logger.setAdditive(false);
    seen.start();
    logger.addAppender(seen);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(seen);
    logger.setAdditive(true);
    logger.setLevel(before);
  }

  private List<String> told(Duration slow, long millis, String parameters) {
    AccessLog log = new AccessLog((method, route, status, nanos) -> {}, Level.DEBUG, slow);
    Request request =
        new Request(
            "GET",
            "/loki/api/v1/query",
            Map.of(),
            Map.of(),
            Map.of("x-scope-orgid", "a\nb"),
            new byte[0]);
    log.answered(new AccessLog.Answered(request, "q", 200, 4, millis * MILLI), parameters, 7);
    return seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void tellsOfSlowRequestsWithAllThatMadeThem() {
    assertThat(told(Duration.ofSeconds(1), 1500, "query=%7B%7D\r\nfake line"))
        .containsExactly(
            "GET /loki/api/v1/query (200) tenant=a%0Ab 7 bytes in, 4 bytes out, 1500 ms,"
                + " query=%7B%7D??fake?line");
  }

  @Test
  void isQuietAboutOthers() {
    assertThat(told(Duration.ofSeconds(1), 900, "")).isEmpty();
    assertThat(told(Duration.ZERO, 90_000, "")).isEmpty();
  }

  @Test
  void tellsOfAllIfAsked() {
    assertThat(told(Duration.ofNanos(-1), 0, "x".repeat(5000)))
        .singleElement()
        .satisfies(line -> assertThat(line).hasSizeLessThan(1200));
  }
}
