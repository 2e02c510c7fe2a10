package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.ServerInProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed in the middle of a load; what it had acknowledged is there once. */
final class CrashTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final int PUSHERS = 4;
  private static final int LINES_A_PUSH = 5;
  private static final int PUSHES_BEFORE_THE_KILL = 60;

  @TempDir Path directory;

  @Test
  void everyAcknowledgedLineIsThereOnceAfterAKill() throws Exception {
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (ServerInProcess server = ServerInProcess.start(directory, "")) {
      CountDownLatch enough = new CountDownLatch(PUSHES_BEFORE_THE_KILL);
      List<Thread> pushers = new ArrayList<>();
      for (int i = 0; i < PUSHERS; i++) {
        int pusher = i;
        pushers.add(
            Thread.ofVirtual()
                .start(() -> pushUntilKilled(server.http(), pusher, acknowledged, enough)));
      }
      enough.await();
      server.kill();
      for (Thread pusher : pushers) {
        pusher.join();
      }
    }

    try (RunningServer restarted = RunningServer.start(directory)) {
      List<String> found = new ArrayList<>();
      for (int pusher = 0; pusher < PUSHERS; pusher++) {
        String query = "{pusher=\"%d\"}".formatted(pusher);
        Lines.query(restarted.http(), query, TIME, TIME + 1_000_000_000L)
            .forEach(line -> found.add(line.text()));
      }
      assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(PUSHES_BEFORE_THE_KILL * LINES_A_PUSH);
      restarted.http().push(Lines.push(Map.of("app", "after"), TIME, List.of("still works")));
      assertThat(Lines.query(restarted.http(), "{app=\"after\"}", TIME, TIME + 1)).hasSize(1);
    }
  }

  @Test
  void aStopThatIsAskedForSealsAndExitsWithZero() throws Exception {
    try (ServerInProcess server = ServerInProcess.start(directory, "")) {
      server.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("kept")));

      assertThat(server.terminate()).isZero();
    }
    assertThat(directory.resolve("wal")).isDirectoryNotContaining("glob:**.wal");
    try (RunningServer restarted = RunningServer.start(directory)) {
      assertThat(Lines.query(restarted.http(), "{app=\"x\"}", TIME, TIME + 1))
          .extracting(Lines.Line::text)
          .containsExactly("kept");
    }
  }

  private static void pushUntilKilled(
      Http http, int pusher, ConcurrentLinkedQueue<String> acknowledged, CountDownLatch enough) {
    for (int push = 0; ; push++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < LINES_A_PUSH; i++) {
        lines.add("pusher %d push %d line %d".formatted(pusher, push, i));
      }
      String body =
          Lines.push(Map.of("pusher", Integer.toString(pusher)), TIME + push * LINES_A_PUSH, lines);
      try {
        if (http.push(body).status() == 204) {
          acknowledged.addAll(lines);
          enough.countDown();
        }
      } catch (UncheckedIOException killed) {
        return;
      }
    }
  }
}
