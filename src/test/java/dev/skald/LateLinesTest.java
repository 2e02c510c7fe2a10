package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lines that come late are stored in their own day where the limits allow it (http-api.md §4.6).
 */
final class LateLinesTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  @Test
  void takesLinesOfAnyDayIntoSegmentsOfThatDay() throws IOException {
    long now = nanos(Instant.now());
    try (RunningServer server =
        RunningServer.startWith(directory, "ingester: {max_chunk_age: 960h}\n")) {
      for (int back : new int[] {0, 9, 3, 17, 1, 12}) {
        long time = now - back * DAY.toNanos();
        assertThat(push(server, time, "back " + back).status()).isEqualTo(204);
      }
      server.flush();
      assertThat(Lines.query(server.http(), "{app=\"late\"}", now - 18 * DAY.toNanos(), now + 1))
          .extracting(Lines.Line::text)
          .containsExactly("back 17", "back 12", "back 9", "back 3", "back 1", "back 0");
    }
    assertThat(days()).hasSize(6);
  }

  @Test
  void refusesLinesFarBehindTheirStreamAsLokiDoesUnlessToldOtherwise() {
    long now = nanos(Instant.now());
    try (RunningServer server = RunningServer.start(directory)) {
      assertThat(push(server, now, "new").status()).isEqualTo(204);
      assertThat(push(server, now - Duration.ofMinutes(59).toNanos(), "late").status())
          .isEqualTo(204);
      Http.Reply reply = push(server, now - Duration.ofMinutes(61).toNanos(), "too late");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("entry too far behind");
    }
  }

  @Test
  void refusesOldLinesOnlyWhereItIsToldTo() {
    long old = nanos(Instant.now().minus(DAY.multipliedBy(8)));
    String week = ", reject_old_samples: true, reject_old_samples_max_age: 1w";
    String limits =
        RunningServer.config(directory, 0, week).replace("reject_old_samples: false, ", "");
    assertThat(limits).contains("{reject_old_samples: true");
    try (RunningServer server = RunningServer.start(directory)) {
      assertThat(push(server, old, "old").status()).isEqualTo(204);
    }
    try (RunningServer server = RunningServer.configured(directory, limits, Clock.systemUTC())) {
      Http.Reply reply = push(server, old, "old");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("has timestamp too old");
      assertThat(push(server, old + 2 * DAY.toNanos(), "not so old").status()).isEqualTo(204);
    }
  }

  private static Http.Reply push(RunningServer server, long time, String line) {
    return server.http().push(Lines.push(Map.of("app", "late"), time, List.of(line)));
  }

  private static long nanos(Instant instant) {
    return instant.toEpochMilli() * 1_000_000;
  }

  /** Returns the days that have segments. */
  private TreeSet<String> days() throws IOException {
    Pattern segment = Pattern.compile("/segments/[^/]+/([^/]+)/[^/]+\\.seg$");
    TreeSet<String> days = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher name = segment.matcher(file.toString());
        if (name.find()) {
          days.add(name.group(1));
        }
      }
    }
    return days;
  }
}
