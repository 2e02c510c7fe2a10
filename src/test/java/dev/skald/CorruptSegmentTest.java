package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk gives back other bytes than were written. */
final class CorruptSegmentTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final long TIME = 1_795_132_800_000_000_000L;

  @TempDir Path directory;

  @Test
  void aFlippedBitIsReportedAndTheRestStillAnswers() throws IOException {
    flipOneBit(twoSegments().getFirst());

    try (RunningServer server = RunningServer.start(directory)) {
      List<Lines.Line> lines = Lines.query(server.http(), "{app=\"x\"}", TIME, TIME + 2 * DAY);

      assertThat(lines).extracting(Lines.Line::text).containsExactly("in the good one");
      assertThat(corruptions(server.http())).isPositive();
      assertThat(server.http().push(Lines.push(Map.of("app", "y"), TIME, List.of("z"))).status())
          .isEqualTo(204);
    }
  }

  @Test
  void aMissingSegmentIsReportedAndTheRestStillAnswers() throws IOException {
    List<Path> segments = twoSegments();
    Files.delete(segments.getFirst());

    try (RunningServer server = RunningServer.start(directory)) {
      assertThat(lines(server)).containsExactly("in the good one");
      assertThat(corruptions(server.http())).isEqualTo(1);
      assertThat(lines(server)).containsExactly("in the good one");
      assertThat(corruptions(server.http())).isEqualTo(1);
    }
  }

  @Test
  void aSegmentThatCannotBeReadNowFailsTheQueryAndNothingElse() throws IOException {
    List<Path> segments = twoSegments();
    Path bad = segments.getFirst();
    Path kept = Files.move(bad, directory.resolve("kept"));
    Files.createSymbolicLink(bad, bad);

    try (RunningServer server = RunningServer.start(directory)) {
      for (String path : List.of("query_range", "labels")) {
        Http.Reply reply =
            server
                .http()
                .get(
                    "/loki/api/v1/" + path,
                    Map.of("query", "{app=\"x\"}", "start", TIME, "end", TIME + DAY));
        assertThat(reply.status()).as(path).isEqualTo(500);
        assertThat(reply.text())
            .startsWith("cannot open segments/")
            .contains(bad.getFileName().toString());
      }
      assertThat(Lines.query(server.http(), "{app=\"x\"}", TIME + DAY, TIME + 2 * DAY)).hasSize(1);
      assertThat(corruptions(server.http())).isZero();

      Files.move(kept, bad, StandardCopyOption.REPLACE_EXISTING);
      assertThat(lines(server)).containsExactly("in the bad segment", "in the good one");
    }
  }

  private List<Path> twoSegments() throws IOException {
    try (RunningServer server = RunningServer.start(directory)) {
      server.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("in the bad segment")));
      server.http().push(Lines.push(Map.of("app", "x"), TIME + DAY, List.of("in the good one")));
    }
    List<Path> segments = segments();
    assertThat(segments).hasSize(2);
    return segments;
  }

  private static List<String> lines(RunningServer server) {
    return Lines.query(server.http(), "{app=\"x\"}", TIME, TIME + 2 * DAY).stream()
        .map(Lines.Line::text)
        .toList();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  /** The first frame of a segment begins after its magic and version. */
  private static void flipOneBit(Path segment) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(30);
      int old = file.read();
      file.seek(30);
      file.write(old ^ 1);
    }
  }

  private static double corruptions(Http http) {
    return Arrays.stream(http.get("/metrics").text().split("\n"))
        .filter(line -> line.startsWith("skald_storage_corruptions_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
