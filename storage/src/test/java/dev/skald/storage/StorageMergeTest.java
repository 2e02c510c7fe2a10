package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Block;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.compact.CompactionListener;
import dev.skald.storage.compact.Compactor;
import dev.skald.storage.compact.CompactorOptions;
import dev.skald.storage.compact.Merge;
import dev.skald.storage.compact.MergeBudget;
import dev.skald.storage.compact.PlannerOptions;
import dev.skald.storage.compact.RowFilter;
import dev.skald.storage.compact.WorkingDirectory;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.testing.Call;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import dev.skald.storage.testing.Mishap;
import dev.skald.storage.testing.Mishaps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Merges in a whole storage: with its catalog, its garbage, and stores that fail. */
final class StorageMergeTest {
  private static final LogId LOG = new LogId(1, 2);
  private static final Labels A = Labels.of("app", "a");
  private static final Labels B = Labels.of("app", "b");
  private static final long DAY = 20_000;
  private static final long START = DAY * 86_400_000_000_000L;
  private static final Duration DELAY = Duration.ofMinutes(2);

  @TempDir Path directory;

  private final MemoryStore objects = new MemoryStore();
  private final List<CorruptDataException> corrupt = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private Runnable duringMerge = () -> {};
  private Instant now = Instant.EPOCH.plus(Duration.ofDays(DAY)).plus(Duration.ofHours(12));
  private int merges;
  private int failures;

  private Storage open(ObjectStore store) throws IOException {
    return Storage.open(
        StorageOptions.in(directory).withCorruption(corrupt::add),
        store,
        new Storage.Writer(LOG, () -> now));
  }

  /** Entries of which one stream's have the same time in each head. */
  private static List<TestEntry> head(int number) {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String line = "head " + number + ", line " + i;
      entries.add(TestEntry.of(A, START + i / 3, line, Map.of("level", "info")));
      entries.add(TestEntry.of(B, START + 1000 * number + i, line, Map.of()));
    }
    return entries;
  }

  private static List<TestEntry> all(int heads) {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < heads; i++) {
      entries.addAll(head(i));
    }
    return Batches.sorted(entries);
  }

  private static void seal(Storage storage, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      storage.seal(new HeadId(i), Map.of("t", Batches.of(head(i))));
    }
  }

  /** What a query gets; entries of equal time in the order of the blocks. */
  private static List<TestEntry> entries(StorageSnapshot snapshot) {
    return Batches.sorted(Batches.read(snapshot.entries("t").select(Batches.EVERYTHING)));
  }

  private Compactor compactor(Storage storage) throws IOException {
    CompactionListener counting =
        new CompactionListener() {
          @Override
          public void merged(Merge merge, long bytes, long duplicates, Duration took) {
            merges++;
          }

          @Override
          public void failed(Merge merge, Exception failure) {
            failures++;
          }
        };
    return new Compactor(
        storage.merging(() -> now, tenant -> DELAY),
        new CompactorOptions(
            PlannerOptions.DEFAULT.withLeastInputs(4), Duration.ofSeconds(1), 1, 1, 1),
        new Compactor.Environment(
            Runnable::run,
            WorkingDirectory.open(directory.resolve("compactor")),
            new MergeBudget(1, 1, nanos::incrementAndGet, pause -> duringMerge.run()),
            tenant -> RowFilter.ALL,
            counting,
            corrupt::add));
  }

  private void tick(Compactor compactor, Duration wait) {
    now = now.plus(wait);
    compactor.tick(now);
  }

  private void mergeOnce(Storage storage) throws IOException {
    Compactor compactor = compactor(storage);
    tick(compactor, Duration.ZERO);
    tick(compactor, Duration.ofSeconds(1));
  }

  @Test
  void replacesSegmentsByOneAndDeletesThemOnceNoQueryCanReadThem() throws IOException {
    try (Storage storage = open(objects)) {
      seal(storage, 0, 4);
      assertThat(objects.list("segments/")).hasSize(4);
      Compactor compactor = compactor(storage);
      tick(compactor, Duration.ZERO);
      tick(compactor, Duration.ofSeconds(1));
      assertThat(merges).isEqualTo(1);
      assertThat(entries(storage.snapshot())).isEqualTo(all(4));
      tick(compactor, DELAY.minusSeconds(1));
      assertThat(objects.list("segments/")).hasSize(5);
      tick(compactor, Duration.ofSeconds(1));
      assertThat(objects.list("segments/")).hasSize(1);
      assertThat(entries(storage.snapshot())).isEqualTo(all(4));
    }
    try (Storage storage = open(objects)) {
      assertThat(entries(storage.snapshot())).isEqualTo(all(4));
    }
  }

  @Test
  void aQueryKeepsItsAnswerThroughAMerge() throws IOException {
    try (Storage storage = open(objects)) {
      seal(storage, 0, 4);
      StorageSnapshot before = storage.snapshot();
      List<Block> blocks = before.entries("t").select(Batches.EVERYTHING);
      int[] asked = {0};
      duringMerge =
          () -> {
            asked[0]++;
            assertThat(entries(storage.snapshot())).isEqualTo(all(4));
          };
      mergeOnce(storage);
      assertThat(merges).isEqualTo(1);
      assertThat(asked[0]).isGreaterThan(3);
      assertThat(Batches.sorted(Batches.read(blocks))).isEqualTo(all(4));
      assertThat(entries(before)).isEqualTo(all(4));
    }
  }

  @Test
  void entriesOfEqualTimeStayInOrderOfArrivalThoughOnlySomeSegmentsAreMerged() throws IOException {
    try (Storage storage = open(objects)) {
      seal(storage, 0, 4);
      duringMerge =
          () -> {
            // Heads are sealed while the merge runs; what it makes has a greater number.
            try {
              seal(storage, 4, 6);
            } catch (IOException failure) {
              throw new AssertionError(failure);
            }
          };
      mergeOnce(storage);
      assertThat(merges).isEqualTo(1);
      assertThat(storage.catalog().snapshot().segments("t")).hasSize(3);
      assertThat(entries(storage.snapshot())).isEqualTo(all(6));
    }
    // A checkpoint keeps the order as well as the edits do.
    for (int restart = 0; restart < 70; restart++) {
      open(objects).close();
    }
    try (Storage storage = open(objects)) {
      assertThat(entries(storage.snapshot())).isEqualTo(all(6));
    }
  }

  @Test
  void sealsGoOnWhileAMergeRuns() throws IOException {
    try (Storage storage = open(objects)) {
      seal(storage, 0, 4);
      int[] next = {4};
      duringMerge =
          () -> {
            try {
              seal(storage, next[0], ++next[0]);
            } catch (IOException failure) {
              throw new AssertionError(failure);
            }
          };
      mergeOnce(storage);
      assertThat(merges).isEqualTo(1);
      assertThat(entries(storage.snapshot())).isEqualTo(all(next[0]));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aProcessThatDiesAtAnyStepLeavesOldOrNew(Fault fault) throws IOException {
    for (int step = 0; ; step++) {
      objects.objects.clear();
      FaultyStore store = new FaultyStore(objects);
      boolean died;
      try (Storage storage = open(store)) {
        seal(storage, 0, 4);
        store.dieAfter(step, fault);
        Compactor compactor = compactor(storage);
        tick(compactor, Duration.ZERO);
        tick(compactor, Duration.ofSeconds(1));
        tick(compactor, DELAY.plusSeconds(1));
        died = store.hasFailed();
      }
      try (Storage storage = open(objects)) {
        assertThat(entries(storage.snapshot())).as("step %s", step).isEqualTo(all(4));
        mergeOnce(storage);
        now = now.plus(DELAY).plusSeconds(1);
        storage.sweep(now);
        assertThat(objects.list("segments/")).as("step %s", step).hasSize(1);
        assertThat(entries(storage.snapshot())).isEqualTo(all(4));
      }
      assertThat(corrupt).isEmpty();
      if (!died) {
        assertThat(step).isGreaterThan(8);
        return;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aMergeThatFailsAtAnyStepIsDoneAgainByTheSameProcess(Fault fault) throws IOException {
    for (int step = 0; ; step++) {
      objects.objects.clear();
      FaultyStore store = new FaultyStore(objects);
      try (Storage storage = open(store)) {
        seal(storage, 0, 4);
        store.failAfter(step, fault);
        Compactor compactor = compactor(storage);
        tick(compactor, Duration.ZERO);
        tick(compactor, Duration.ofSeconds(1));
        assertThat(storage.catalog().snapshot().segments("t")).hasSizeBetween(1, 4);
        tick(compactor, Duration.ofSeconds(20));
        tick(compactor, DELAY.plusSeconds(1));
        tick(compactor, Duration.ofSeconds(20));
        boolean failed = store.hasFailed();
        store.heal();
        assertThat(entries(storage.snapshot())).as("step %s", step).isEqualTo(all(4));
        assertThat(objects.list("segments/")).as("step %s", step).hasSize(1);
        if (!failed) {
          assertThat(step).isGreaterThan(8);
          assertThat(failures).isGreaterThan(5);
          return;
        }
      }
    }
  }

  @Test
  void aMergeWhoseEditComesThroughLateLosesNothing() throws IOException {
    FaultyStore store = new FaultyStore(objects);
    List<Mishap.Effect<?>> held = new ArrayList<>();
    try (Storage storage = open(store)) {
      seal(storage, 0, 4);
      store.atNth(1, Call.puts().and(Call.under("catalog/")), Mishaps.late(held::add));
      mergeOnce(storage);
      assertThat(failures).isEqualTo(1);
      held.getFirst().happen();
      seal(storage, 4, 5);
      now = now.plus(DELAY).plusSeconds(1);
      storage.sweep(now);
      assertThat(entries(storage.snapshot())).isEqualTo(all(5));
    }
    assertThat(corrupt).isEmpty();
  }

  @Test
  void theSegmentOfAMergeWhoseEditWasNotMadeIsRemovedOnceThatIsKnown() throws IOException {
    FaultyStore store = new FaultyStore(objects);
    try (Storage storage = open(store)) {
      seal(storage, 0, 4);
      store.atNth(1, Call.puts().and(Call.under("catalog/")), Mishaps.unavailable());
      Compactor compactor = compactor(storage);
      tick(compactor, Duration.ZERO);
      tick(compactor, Duration.ofSeconds(1));
      assertThat(failures).isEqualTo(1);
      assertThat(objects.list("segments/")).hasSize(5);
      seal(storage, 4, 5);
      tick(compactor, Duration.ofSeconds(20));
      assertThat(merges).isEqualTo(1);
      assertThat(objects.list("segments/")).hasSize(6);
      assertThat(entries(storage.snapshot())).isEqualTo(all(5));
    }
  }

  @Test
  void theDelayOfARemovalBeginsWhenItIsSeenToBeMade() throws IOException {
    FaultyStore store = new FaultyStore(objects);
    List<Mishap.Effect<?>> held = new ArrayList<>();
    try (Storage storage = open(store)) {
      seal(storage, 0, 4);
      store.atNth(1, Call.puts().and(Call.under("catalog/")), Mishaps.late(held::add));
      mergeOnce(storage);
      now = now.plus(DELAY).plus(DELAY);
      StorageSnapshot before = storage.snapshot();
      held.getFirst().happen();
      storage.sweep(now);
      assertThat(entries(before)).isEqualTo(all(4));
      now = now.plus(DELAY);
      storage.sweep(now);
      assertThat(objects.list("segments/")).hasSize(1);
      assertThat(entries(storage.snapshot())).isEqualTo(all(4));
    }
  }
}
