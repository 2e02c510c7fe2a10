package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcurrentReadTest {
  private static final int PUSHES = 1500;

  @TempDir Path directory;

  @Test
  void aReaderSeesAPrefixOfEachStreamThatHoldsAllThatWasAcceptedBefore() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory);
        ExecutorService readers = Executors.newFixedThreadPool(2)) {
      rig.sealBytes = 30_000;
      rig.start();
      AtomicInteger accepted = new AtomicInteger();
      AtomicBoolean done = new AtomicBoolean();
      Callable<Integer> reader = () -> readUntil(done, rig, accepted);
      List<Future<Integer>> reads = List.of(readers.submit(reader), readers.submit(reader));
      try {
        for (int i = 0; i < PUSHES; i++) {
          rig.mustPush("t", entry("a", i), entry("b", i));
          accepted.set(i + 1);
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> read : reads) {
        assertThat(read.get()).isPositive();
      }
      assertThat(rig.storage.sealed()).hasSizeGreaterThan(1);
    }
  }

  /** The level changes from constant to varying on the way, the trace is always new. */
  private static Entry entry(String app, int number) {
    Map<String, String> metadata =
        Map.of("level", number % 700 == 699 ? "error" : "info", "trace", "t" + number);
    return new Entry(Labels.of("app", app), number, "line " + number, metadata);
  }

  private static int readUntil(AtomicBoolean done, IngesterRig rig, AtomicInteger accepted) {
    int reads = 0;
    while (!done.get() || reads == 0) {
      int before = accepted.get();
      List<Entry> seen = rig.visible("t");
      for (String app : List.of("a", "b")) {
        List<Entry> own = new ArrayList<>(seen);
        own.removeIf(entry -> !entry.stream().getOrEmpty("app").equals(app));
        own.sort((x, y) -> Long.compare(x.timestamp(), y.timestamp()));
        assertThat(own.size()).isGreaterThanOrEqualTo(before);
        for (int i = 0; i < own.size(); i++) {
          if (!own.get(i).equals(entry(app, i))) {
            throw new AssertionError("row " + i + " is " + own.get(i));
          }
        }
      }
      reads++;
    }
    return reads;
  }
}
