package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.PushCase;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Takes and refuses pushes as Loki 3.7.6 did, in the same order and at the same moment. */
final class PushConformanceTest {
  /** Loki refuses what Vector sends as deflate (docs/differences.md). */
  private static final String ZLIB = "deflate-zlib";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    Clock clock = Clock.fixed(PushCase.RECORDED, ZoneOffset.UTC);
    server = RunningServer.start(directory, "", clock);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAsLokiDid() {
    return PushCase.all().stream()
        .map(push -> DynamicTest.dynamicTest(push.name(), () -> check(push)));
  }

  private static void check(PushCase push) {
    Http.Reply reply =
        server.http().method(push.method(), push.path(), push.headers(), push.body());
    if (push.name().equals(ZLIB)) {
      assertThat(reply.status()).as(reply.text()).isEqualTo(204);
      return;
    }
    assertThat(reply.status()).as(reply.text()).isEqualTo(push.status());
    assertThat(reply.text()).isEqualTo(push.text());
  }
}
