package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each operation of the log and the store fails in its turn, once, twice or for good, before or
 * after it has had its effect. A client sends again what was refused; then the process is killed.
 */
final class EveryFaultTest {
  private static final int PUSHES = 8;
  private static final int SEAL_BYTES = 200;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "1, false",
    "1, true",
    "2, false",
    "2, true",
    "2147483647, false",
    "2147483647, true",
  })
  void everyAcknowledgedLineIsThereOnce(int failures, boolean afterEffect) throws Exception {
    int operations = run(Integer.MAX_VALUE, 0, false);
    assertThat(operations).isGreaterThan(2 * PUSHES);
    for (int first = 0; first < operations; first++) {
      run(first, failures, afterEffect);
    }
  }

  /** Returns how many operations the log and the store were asked for. */
  private int run(int first, int failures, boolean afterEffect) throws Exception {
    try (IngesterRig rig = new IngesterRig(Files.createTempDirectory(directory, "log"))) {
      rig.shards = 1;
      rig.sealBytes = SEAL_BYTES;
      rig.start();
      rig.faults.fail(first, failures, afterEffect);
      List<Entry> acknowledged = pushAll(rig, lines());
      assertThat(rig.visible("t"))
          .as("operation %d fails", first)
          .containsExactlyInAnyOrderElementsOf(acknowledged);
      int operations = rig.faults.operations();
      rig.faults.end();
      rig.crashAndStart();
      List<Entry> found = rig.visible("t");
      assertThat(found)
          .as("after a crash where operation %d has failed", first)
          .doesNotHaveDuplicates()
          .containsAll(acknowledged);
      List<Entry> all = lines();
      pushAll(rig, all.stream().filter(line -> !found.contains(line)).toList());
      assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
      rig.ingester.flush();
      rig.ingester.tick(rig.now);
      assertThat(rig.storage.entries("t")).containsExactlyInAnyOrderElementsOf(all);
      assertThat(rig.logs.numbers()).isEmpty();
      assertThat(rig.ingester.stats().memoryUsed()).isZero();
      return operations;
    }
  }

  private static List<Entry> lines() {
    List<Entry> lines = new ArrayList<>();
    for (int i = 0; i < PUSHES; i++) {
      lines.add(new Entry("a", i, "line " + i + " " + "x".repeat(30)));
    }
    return lines;
  }

  /** Pushes every line, each a second time if it is refused; returns those that were taken. */
  private static List<Entry> pushAll(IngesterRig rig, List<Entry> lines)
      throws InterruptedException {
    List<Entry> acknowledged = new ArrayList<>();
    for (Entry entry : lines) {
      if (taken(rig, entry) || taken(rig, entry)) {
        acknowledged.add(entry);
      }
      rig.ingester.tick(rig.now);
    }
    return acknowledged;
  }

  private static boolean taken(IngesterRig rig, Entry entry) throws InterruptedException {
    try {
      return rig.mustPush("t", entry).accepted();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(WriteUnavailableException.class);
      return false;
    }
  }
}
