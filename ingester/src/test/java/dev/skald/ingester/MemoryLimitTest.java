package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recent lines take so much memory and so much log, and no more, whatever happens. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MemoryLimitTest {
  private static final long LIMIT = 4 << 20;
  private static final int LINE = 10_000;
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(50);

  /** Memory grows by steps, which may go beyond the limit once. */
  private static final long STEP = LIMIT / 4;

  @TempDir Path directory;
  private IngesterRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new IngesterRig(directory);
    rig.memoryLimit = LIMIT;
    rig.sealBytes = 1 << 30;
    rig.sealWait = PATIENT;
    rig.start();
  }

  @AfterEach
  void stop() throws IOException {
    rig.storage.recover();
    rig.close();
  }

  @Test
  void sealsHeadsBeforeTheyAreFull() throws Exception {
    for (int i = 0; i < 2000; i++) {
      rig.mustPush("t" + i % 3, new Entry("a" + i % 7, i, "x".repeat(LINE)));
      assertThat(rig.ingester.stats().memoryUsed()).isLessThan(LIMIT + STEP);
    }
    assertThat(rig.ingester.stats().headsSealedTotal()).isGreaterThan(3);
    int stored = 0;
    for (String tenant : List.of("t0", "t1", "t2")) {
      stored += rig.visible(tenant).size();
    }
    assertThat(stored).isEqualTo(2000);
  }

  @Test
  void sealsTheLargestHeadFirst() throws Exception {
    String small = appOf(0);
    String large = appOf(1);
    rig.mustPush("t", new Entry(small, 1, "few"));
    long before = rig.ingester.stats().headsSealedTotal();
    for (int i = 0; rig.ingester.stats().headsSealedTotal() == before; i++) {
      rig.mustPush("t", new Entry(large, i, "x".repeat(LINE)));
    }
    assertThat(rig.storage.entries("t")).extracting(Entry::stream).containsOnly(labels(large));
  }

  @Test
  void asksAnotherShardForTheMemoryThatALargePushNeeds() throws Exception {
    for (int i = 0; i < 150; i++) {
      rig.mustPush("t", new Entry(appOf(0), i, "x".repeat(LINE)));
    }
    assertThat(rig.storage.sealed()).isEmpty();
    rig.mustPush("t", new Entry(appOf(1), 1, "y".repeat((int) LIMIT / 2 - 1000)));
    assertThat(rig.storage.entries("t"))
        .extracting(Entry::timestamp)
        .hasSizeBetween(150, 151)
        .contains(149L);
  }

  @Test
  void takesAPushThatIsLargerThanTheLimitAlone() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "small"));
    rig.mustPush("t", new Entry("a", 2, "y".repeat((int) LIMIT)));
    assertThat(rig.visible("t")).hasSize(2);
  }

  @Test
  void refusesPushesWhileNothingCanBeSealedAndTakesThemAgainAfterwards() throws Exception {
    becomeImpatient();
    rig.storage.failNext(Integer.MAX_VALUE);
    List<Entry> taken = new ArrayList<>();
    Entry refused = fill(taken);
    assertThat(rig.ingester.stats().memoryUsed()).isLessThan(LIMIT + STEP);
    assertThat(rig.ingester.stats().headsFailing()).isPositive();
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(taken);
    assertThatThrownBy(() -> rig.mustPush("t", refused))
        .hasRootCauseInstanceOf(WriteUnavailableException.class)
        .hasMessageContaining("heads cannot be sealed: the store is away");
    rig.storage.recover();
    rig.ingester.flush();
    rig.mustPush("t", refused);
    taken.add(refused);
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(taken);
    assertThat(rig.ingester.stats().headsFailing()).isZero();
  }

  @Test
  void replaysWhatItCouldNotSealBeforeAKill() throws Exception {
    becomeImpatient();
    rig.storage.failNext(Integer.MAX_VALUE);
    List<Entry> taken = new ArrayList<>();
    fill(taken);
    rig.storage.recover();
    rig.crashAndStart();
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(taken);
    assertThat(rig.logs.numbers()).isEmpty();
  }

  @Test
  void givesAllMemoryBack() throws Exception {
    for (int i = 0; i < 50; i++) {
      Map<String, String> metadata = Map.of("id", "value " + i, "n" + i, "once");
      rig.mustPush("t", new Entry(Labels.of("app", "a" + i % 5), 100 - i, "x", metadata));
    }
    rig.logs.bytesLeft = 100_000;
    assertThatThrownBy(() -> rig.mustPush("t", new Entry("b", 1, "x".repeat(500_000))))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    rig.logs.bytesLeft = Long.MAX_VALUE;
    assertThat(rig.mustPush("t", new Entry("c", 1, "x")).accepted()).isTrue();
    rig.ingester.flush();
    assertThat(rig.ingester.stats().memoryUsed()).isZero();
  }

  @Test
  void sealsAHeadWhoseLogGrowsFasterThanItself() throws Exception {
    rig.sealBytes = 100_000;
    rig.crashAndStart();
    Labels wordy = Labels.of("app", "x".repeat(2000));
    for (int i = 0; i < 500; i++) {
      rig.mustPush("t", new Entry(wordy, i, "", Map.of()));
      for (long number : rig.logs.numbers()) {
        assertThat(sizeOf(number)).isLessThan(2 * rig.sealBytes + 5000);
      }
    }
    assertThat(rig.ingester.stats().headsSealedTotal()).isPositive();
  }

  /** A file that was listed may have been sealed since. */
  private long sizeOf(long number) throws IOException {
    try {
      return rig.logs.size(number);
    } catch (NoSuchFileException sealed) {
      return 0;
    }
  }

  @Test
  void hasNoMoreLogFilesThanPlacesThoughTheyCannotBeDeleted() throws Exception {
    becomeImpatient();
    rig.logs.deletesFail = true;
    boolean refused = false;
    for (int i = 0; i < 20 && !refused; i++) {
      refused = !isTaken(new Entry("a", i, "x"));
      rig.ingester.flush();
    }
    assertThat(refused).isTrue();
    assertThat(rig.logs.numbers()).hasSize(2 * rig.shards + 1);
    rig.logs.deletesFail = false;
    rig.ingester.tick(rig.now);
    assertThat(rig.logs.numbers()).isEmpty();
    assertThat(isTaken(new Entry("a", 99, "x"))).isTrue();
  }

  @Test
  void holdsNoFilesOfSealedHeads() throws Exception {
    long before = openFiles();
    for (int i = 0; i < 200; i++) {
      rig.mustPush("t", new Entry("a" + i % 5, i, "x"));
      rig.ingester.flush();
    }
    assertThat(openFiles() - before).isLessThan(20);
  }

  @Test
  void holdsNoFilesThatCouldNotBeWritten() throws Exception {
    long before = openFiles();
    rig.logs.bytesLeft = 30;
    for (int i = 0; i < 200; i++) {
      assertThat(isTaken(new Entry("a", i, "x".repeat(100)))).isFalse();
    }
    assertThat(openFiles() - before).isLessThan(20);
    assertThat(rig.logs.numbers()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aQueueOfPushesIsBoundedToo() throws Exception {
    becomeImpatient();
    rig.storage.failNext(Integer.MAX_VALUE);
    fill(new ArrayList<>());
    List<CompletableFuture<PushResult>> pushes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      pushes.add(rig.push("t", new Entry("a", i, "y".repeat(100_000))));
    }
    for (CompletableFuture<PushResult> push : pushes) {
      assertThatThrownBy(push::get).hasCauseInstanceOf(WriteUnavailableException.class);
    }
  }

  /** What cannot be had is not waited for any longer. */
  private void becomeImpatient() throws Exception {
    rig.sealWait = IMPATIENT;
    rig.crashAndStart();
  }

  /** Pushes until one is refused, and returns that. */
  private Entry fill(List<Entry> taken) throws Exception {
    for (int i = 0; ; i++) {
      Entry entry = new Entry("a" + i % 7, i, "x".repeat(LINE));
      if (!isTaken(entry)) {
        return entry;
      }
      taken.add(entry);
    }
  }

  private boolean isTaken(Entry entry) throws InterruptedException {
    try {
      return rig.mustPush("t", entry).accepted();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(WriteUnavailableException.class);
      return false;
    }
  }

  /** Returns the name of an app whose stream belongs to a shard. */
  private String appOf(int shard) {
    for (int i = 0; ; i++) {
      if (rig.ingester.shard(Entries.hash(labels("app" + i))) == shard) {
        return "app" + i;
      }
    }
  }

  private static Labels labels(String app) {
    return Labels.of("app", app);
  }

  private static long openFiles() throws IOException {
    Path handles = Path.of("/proc/self/fd");
    if (!Files.isDirectory(handles)) {
      return 0;
    }
    try (var files = Files.list(handles)) {
      return files.count();
    }
  }

  private Entry[] wide(int first, int entries) {
    Entry[] wide = new Entry[entries];
    for (int i = 0; i < entries; i++) {
      int number = first + i;
      wide[i] = new Entry(labels(appOf(0)), number, "line", Map.of("name" + number, "v"));
    }
    return wide;
  }

  @Test
  void sealsAHeadInWhichMoreMetadataNamesWouldMakeTooManyLongColumns() throws Exception {
    rig.mustPush("t", wide(0, 200));
    assertThat(rig.storage.sealed()).isEmpty();
    rig.mustPush("t", wide(200, 50));
    assertThat(rig.storage.sealed()).isEmpty();
    rig.mustPush("t", wide(250, 400));
    assertThat(rig.storage.entries("t")).hasSize(250);
    assertThat(rig.visible("t")).hasSize(650);
  }
}
