package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Lines;
import dev.skald.testing.MovingClock;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are not to be kept leave the disk of a running server. */
final class RetentionTest {
  private static final Instant START = Instant.ofEpochSecond(1_795_132_800);
  private static final long NANOS = 1_000_000_000L;
  private static final long TIME = START.getEpochSecond() * NANOS;

  @TempDir Path directory;
  private final MovingClock clock = new MovingClock(START);

  private static void push(RunningServer server, String app, long time, String line) {
    String body = Lines.push(Map.of("app", app), time, List.of(line));
    assertThat(server.http().push(body).status()).isEqualTo(204);
    server.flush();
  }

  private static List<String> lines(RunningServer server) {
    return Lines.query(server.http(), "{app=~\".+\"}", TIME - 9 * NANOS, TIME + 9 * NANOS).stream()
        .map(Lines.Line::text)
        .toList();
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
      return files.filter(file -> file.toString().endsWith(".seg")).count();
    }
  }

  private void awaitSegments(long count) throws IOException {
    long deadline = System.nanoTime() + 60 * NANOS;
    while (segments() != count) {
      assertThat(System.nanoTime()).as(segments() + " segments").isLessThan(deadline);
      RunningServer.pause();
    }
  }

  private static void await(RunningServer server, String... lines) {
    long deadline = System.nanoTime() + 60 * NANOS;
    while (!lines(server).equals(List.of(lines))) {
      assertThat(System.nanoTime()).as(lines(server).toString()).isLessThan(deadline);
      RunningServer.pause();
    }
  }

  @Test
  void linesExpireStreamByStream() throws IOException {
    String limits =
        ", retention_period: 72h, retention_stream:"
            + " [{selector: '{app=\"dev\"}', priority: 1, period: 24h}]";
    String sections =
        "compactor: {retention_enabled: true, delete_request_store: filesystem,"
            + " apply_retention_interval: 1m, retention_delete_delay: 2h}\n";
    try (RunningServer server =
        RunningServer.configured(
            directory, RunningServer.config(directory, 0, limits) + sections, clock)) {
      push(server, "dev", TIME, "dev");
      push(server, "prod", TIME, "prod");
      assertThat(segments()).isEqualTo(2);
      clock.advance(Duration.ofHours(25));
      await(server, "prod");
      assertThat(segments()).isEqualTo(2);
      clock.advance(Duration.ofHours(3));
      awaitSegments(1);
      clock.advance(Duration.ofHours(72));
      await(server);
      clock.advance(Duration.ofHours(3));
      awaitSegments(0);
    }
  }

  @Test
  void theOldestSegmentsGoWhereTheLimitOfSizeIsPassed() throws IOException {
    try (RunningServer server = RunningServer.start(directory, "", clock)) {
      push(server, "a", TIME, "older");
      push(server, "a", TIME + NANOS, "newer");
      assertThat(lines(server)).containsExactly("older", "newer");
    }
    String sections = "compactor: {retention_max_bytes: 400}\n";
    try (RunningServer server =
        RunningServer.configured(
            directory, RunningServer.config(directory, 0, "") + sections, clock)) {
      await(server, "newer");
      clock.advance(Duration.ofMinutes(3));
      awaitSegments(1);
      assertThat(lines(server)).containsExactly("newer");
    }
  }
}
