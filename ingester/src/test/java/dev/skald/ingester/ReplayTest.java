package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import dev.skald.storage.SealEffort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of many files and shards is read again, in bounded memory, while queries are answered.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReplayTest {
  private static final int LINE = 10_000;

  @TempDir Path directory;
  private IngesterRig rig;
  private final List<Entry> all = new ArrayList<>();

  /** Seals that wait until the test runs them. */
  private final Queue<Runnable> seals = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() throws Exception {
    rig = new IngesterRig(directory);
    rig.shards = 3;
    rig.sealBytes = 20L * LINE;
    rig.memoryLimit = 40L << 20;
    rig.storage.failNext(Integer.MAX_VALUE);
    rig.start();
    for (int i = 0; rig.logs.numbers().size() < 6; i++) {
      Entry entry = new Entry("a" + i % 10, i, i + "x".repeat(LINE));
      rig.mustPush("t", entry);
      all.add(entry);
    }
    rig.storage.recover();
  }

  @AfterEach
  void stop() throws IOException {
    rig.storage.recover();
    rig.executor = Runnable::run;
    seals.forEach(Runnable::run);
    rig.close();
  }

  @Test
  void readsTheFilesOfAllShards() throws Exception {
    rig.crashAndStart();
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rig.logs.numbers()).isEmpty();
    assertThat(rig.ingester.stats().memoryUsed()).isZero();
  }

  @Test
  void readsFilesThatWereWrittenByFewerOrMoreShards() throws Exception {
    for (int shards : new int[] {7, 4, 5}) {
      rig.executor = seals::add;
      rig.shards = shards;
      rig.crashAndStart();
      assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
    }
    rig.executor = Runnable::run;
    rig.shards = 1;
    rig.crashAndStart();
    assertThat(rig.storage.entries("t")).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void sealsWithTheLeastEffortWhatItHasRead() throws Exception {
    rig.crashAndStart();
    assertThat(rig.storage.efforts()).containsExactly(SealEffort.LEAST);
    rig.mustPush("t", new Entry("a", 0, "live"));
    rig.ingester.flush();
    assertThat(rig.storage.efforts()).contains(SealEffort.USUAL);
  }

  @Test
  void knowsWhatIsSentAgain() throws Exception {
    rig.crashAndStart();
    for (Entry entry : all) {
      rig.mustPush("t", entry);
    }
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void keepsBelowTheCeilingAndAnswersMeanwhile() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    rig.executor = seals::add;
    rig.replayCeiling = 40L * LINE;
    Ingester before = rig.ingester;
    Thread starting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    rig.crashAndStart();
                    started.countDown();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    while (rig.ingester == before || seals.isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(started.await(200, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(rig.ingester.stats().replayActive()).isTrue();
    assertThat(rig.visible("t")).isNotEmpty().hasSizeLessThan(all.size());
    while (started.getCount() > 0) {
      assertThat(rig.ingester.stats().memoryUsed()).isLessThan(60L * LINE);
      Runnable seal = seals.poll();
      if (seal != null) {
        seal.run();
      }
      LockSupport.parkNanos(1_000_000);
    }
    starting.join();
    seals.forEach(Runnable::run);
    seals.clear();
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rig.ingester.stats().replayActive()).isFalse();
  }

  @Test
  void endsWhenItIsInterruptedThoughNothingCanBeSealed() throws Exception {
    rig.executor = seals::add;
    rig.replayCeiling = 1;
    Ingester before = rig.ingester;
    Thread starting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    rig.crashAndStart();
                  } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (rig.ingester == before || !rig.ingester.stats().replayActive()) {
      LockSupport.parkNanos(1_000_000);
    }
    starting.interrupt();
    starting.join();
    assertThat(rig.ingester.ready()).isFalse();
    assertThat(rig.logs.numbers()).hasSize(6);
  }
}
