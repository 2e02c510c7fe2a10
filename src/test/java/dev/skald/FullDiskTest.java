package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.SmallFilesystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real file system without space: the server says so, loses nothing, and goes on with space. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FullDiskTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final int MEGABYTES = 24;
  private static final int BALLAST = 10 << 20;
  private static final int ALL = Integer.MAX_VALUE - (1 << 12);
  private static final int MOST_PUSHES = 400;
  private static final int LINES = 40;
  private static final int LINE_BYTES = 2_500;

  @TempDir Path directory;
  private final Random random = new Random(1);
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private SmallFilesystem disk;

  @BeforeEach
  void mount() {
    Optional<SmallFilesystem> mounted = SmallFilesystem.mount(directory, MEGABYTES);
    assumeTrue(mounted.isPresent(), "a file system that can be full needs the right to mount one");
    disk = mounted.get();
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  /**
   * Zero switches the threshold off: then it is the system that says no, in the midst of a write.
   */
  @ParameterizedTest
  @ValueSource(strings = {"0.9", "0"})
  void losesNothingAndGoesOnOnceThereIsSpace(String threshold) throws IOException {
    String config = "ingester: {wal: {disk_full_threshold: " + threshold + "}}\n";
    disk.fill("ballast", BALLAST);
    try (RunningServer server = RunningServer.startWith(directory, config)) {
      assertThat(push(server.http()).status()).isEqualTo(204);
      refused(pushUntilRefused(server.http()));
      disk.fill("rest", ALL);
      refused(pushUntilRefused(server.http()));
      server.http().post("/flush", Map.of(), new byte[0]);
      assertThat(found(server.http())).containsExactlyInAnyOrderElementsOf(acknowledged);
      disk.remove("rest");
      disk.remove("ballast");
      pushUntilTaken(server.http());
      assertThat(found(server.http())).doesNotHaveDuplicates().containsAll(acknowledged);
    }
    disk.fill("rest", ALL);
    try (RunningServer full = RunningServer.startWith(directory, config)) {
      everythingOnce(full.http());
      disk.remove("rest");
      pushUntilTaken(full.http());
    }
    try (RunningServer again = RunningServer.startWith(directory, config)) {
      everythingOnce(again.http());
    }
  }

  /** A line that was refused may be there after a restart, as its write may have been one. */
  private void everythingOnce(Http http) {
    List<String> found = found(http);
    assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
    found.removeAll(acknowledged);
    assertThat(unknown).containsAll(found);
  }

  private static void refused(Http.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("retry-after", "1");
  }

  private Http.Reply pushUntilRefused(Http http) {
    Http.Reply reply = push(http);
    for (int i = 0; reply.status() == 204; i++) {
      assertThat(i).isLessThan(MOST_PUSHES);
      reply = push(http);
    }
    return reply;
  }

  private void pushUntilTaken(Http http) {
    Http.Reply reply = push(http);
    for (int i = 0; reply.status() != 204; i++) {
      assertThat(i).as(reply.text()).isLessThan(MOST_PUSHES);
      RunningServer.pause();
      reply = push(http);
    }
  }

  private Http.Reply push(Http http) {
    List<String> lines = new ArrayList<>();
    byte[] noise = new byte[LINE_BYTES / 2];
    for (int i = 0; i < LINES; i++) {
      random.nextBytes(noise);
      lines.add(HexFormat.of().formatHex(noise));
    }
    long time = TIME + acknowledged.size() + unknown.size();
    Http.Reply reply = http.push(Lines.push(Map.of("app", "x"), time, lines));
    (reply.status() == 204 ? acknowledged : unknown).addAll(lines);
    return reply;
  }

  private List<String> found(Http http) {
    List<String> found = new ArrayList<>();
    for (long from = TIME; from < TIME + acknowledged.size() + unknown.size(); from += 4_000) {
      Lines.query(http, "{app=\"x\"}", from, from + 4_000).forEach(line -> found.add(line.text()));
    }
    return found;
  }
}
