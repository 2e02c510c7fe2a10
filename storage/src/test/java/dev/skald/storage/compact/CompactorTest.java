package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompactorTest {
  private static final Instant NOON =
      Instant.EPOCH.plus(Duration.ofDays(Inputs.DAY)).plus(Duration.ofHours(12));
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @TempDir Path directory;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final List<CorruptDataException> corrupt = new ArrayList<>();
  private FakeStore store;
  private Path place;
  private RowFilter filter = RowFilter.ALL;
  private Runnable onPause = () -> {};
  private Instant now = NOON;
  private long nanos;
  private Compactor compactor;

  /** Segments in memory that fail where a test says so. */
  private static final class FakeStore implements MergeStore {
    final Inputs inputs;
    final List<SegmentEntry> live;
    IOException failure;
    Error error;
    boolean garbage;
    int sweeps;

    FakeStore(Inputs inputs) {
      this.inputs = inputs;
      this.live = new ArrayList<>(inputs.entries);
    }

    @Override
    public List<SegmentEntry> segments() {
      return List.copyOf(live);
    }

    @Override
    public SegmentReader openToMerge(SegmentEntry entry) throws IOException {
      return inputs.open(entry);
    }

    @Override
    public boolean replace(Merge merge, Optional<WrittenSegment> merged) throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (!live.containsAll(merge.inputs())) {
        return false;
      }
      int place = live.indexOf(merge.inputs().getFirst());
      live.removeAll(merge.inputs());
      merged.ifPresent(written -> live.add(place, inputs.put(written)));
      return true;
    }

    @Override
    public boolean hasGarbage(Instant now) {
      return garbage;
    }

    @Override
    public void sweep(Instant now) throws IOException {
      sweeps++;
      if (error != null) {
        throw error;
      }
      if (failure != null) {
        throw failure;
      }
      garbage = false;
    }

    List<TestEntry> rows() throws IOException {
      List<TestEntry> rows = new ArrayList<>();
      for (SegmentEntry entry : live) {
        rows.addAll(Batches.read(inputs.open(entry).select(Batches.EVERYTHING, corrupt -> {})));
      }
      return Batches.sorted(rows);
    }
  }

  private final class Listener implements CompactionListener {
    @Override
    public void merged(Merge merge, long bytes, long duplicates, Duration took) {
      heard.add("merged " + merge.inputs().size());
    }

    @Override
    public void failed(Merge merge, Exception failure) {
      heard.add("failed: " + failure.getMessage());
    }

    @Override
    public void caughtUp(Instant at) {
      heard.add("caught up");
    }
  }

  @BeforeEach
  void start() throws IOException {
    place = directory.resolve("compactor");
    Inputs inputs = new Inputs(directory);
    for (int i = 0; i < 4; i++) {
      inputs.add(rows(i));
    }
    store = new FakeStore(inputs);
    compactor = compactor(1);
  }

  private static List<TestEntry> rows(int number) {
    List<TestEntry> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Labels labels = Labels.of("app", "s" + i % 3);
      String line = "segment " + number + ", line " + i;
      rows.add(TestEntry.of(labels, Inputs.START + i * 10L + number, line, Map.of()));
    }
    return rows;
  }

  private Compactor compactor(int parallelism) throws IOException {
    return new Compactor(
        store,
        new CompactorOptions(
            PlannerOptions.DEFAULT.withLeastInputs(4), INTERVAL, parallelism, 1, 1),
        new Compactor.Environment(
            waiting::add,
            WorkingDirectory.open(place),
            new MergeBudget(0.5, 1, () -> nanos += 1000, this::pause),
            tenant -> filter,
            new Listener(),
            corrupt::add));
  }

  private void pause(long pauseNanos) {
    nanos += pauseNanos;
    onPause.run();
  }

  private void tickAfter(Duration wait) {
    now = now.plus(wait);
    compactor.tick(now);
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void mergesOneIntervalAfterTheStartAndLooksAgainUntilNothingIsLeft() throws IOException {
    List<TestEntry> before = store.rows();
    tickAfter(Duration.ZERO);
    tickAfter(INTERVAL.minusSeconds(1));
    assertThat(heard).isEmpty();
    tickAfter(Duration.ofSeconds(1));
    assertThat(heard).containsExactly("merged 4");
    assertThat(store.live).hasSize(1);
    assertThat(store.rows()).isEqualTo(before);
    assertNothingIsLeft();
    tickAfter(Duration.ofSeconds(1));
    tickAfter(Duration.ofSeconds(1));
    assertThat(heard).containsExactly("merged 4", "caught up");
  }

  @Test
  void looksEarlierWhereManyHeadsWereSealed() {
    tickAfter(Duration.ZERO);
    for (int i = 0; i < 8; i++) {
      tickAfter(Duration.ofSeconds(1));
      store.inputs.add(rows(i));
      store.live.add(store.inputs.entries.getLast());
    }
    assertThat(heard).isEmpty();
    tickAfter(Duration.ofSeconds(1));
    assertThat(heard).containsExactly("merged 8");
  }

  @Test
  void runsNoMoreThanItMayAtATime() {
    now = NOON.plus(INTERVAL);
    compactor.tick(NOON);
    compactor.tick(now);
    compactor.tick(now.plusSeconds(1));
    assertThat(waiting).hasSize(1);
    assertThat(compactor.running()).isEqualTo(1);
    waiting.remove().run();
    assertThat(compactor.running()).isZero();
  }

  @Test
  void aFailureIsTriedAgainLaterAndLater() throws IOException {
    store.failure = new IOException("disk full");
    List<TestEntry> before = store.rows();
    tickAfter(Duration.ZERO);
    tickAfter(INTERVAL);
    assertThat(heard).containsExactly("failed: disk full");
    tickAfter(Duration.ofSeconds(9));
    assertThat(heard).hasSize(1);
    tickAfter(Duration.ofSeconds(300));
    assertThat(heard).hasSize(2);
    tickAfter(Duration.ofSeconds(15));
    assertThat(heard).hasSize(2);
    assertThat(store.rows()).isEqualTo(before);
    assertNothingIsLeft();
    store.failure = null;
    tickAfter(Duration.ofSeconds(300));
    assertThat(heard).endsWith("merged 4");
    assertThat(store.rows()).isEqualTo(before);
  }

  @Test
  void aCorruptSegmentIsNamedAndLeftOutAndStaysAsItIs() throws IOException {
    store.inputs.add(rows(4));
    store.live.add(store.inputs.entries.getLast());
    byte[] stored = store.inputs.store.objects.get(Inputs.key(2));
    stored[40] ^= 1;
    List<TestEntry> readable = store.rows();
    tickAfter(Duration.ZERO);
    tickAfter(INTERVAL);
    assertThat(corrupt).extracting(CorruptDataException::path).containsExactly(Inputs.key(2));
    tickAfter(Duration.ofSeconds(1));
    assertThat(heard).last().isEqualTo("merged 4");
    assertThat(store.live).hasSize(2).contains(store.inputs.entries.get(2));
    assertThat(store.rows()).isEqualTo(readable).isNotEmpty();
    tickAfter(Duration.ofSeconds(1));
    assertThat(corrupt).hasSize(1);
    assertThat(heard).last().isEqualTo("caught up");
  }

  @Test
  void aMergeWhoseInputIsRemovedMeanwhileIsDropped() throws IOException {
    compactor.tick(NOON);
    compactor.tick(NOON.plus(INTERVAL));
    store.live.removeFirst();
    List<TestEntry> left = store.rows();
    waiting.remove().run();
    assertThat(store.rows()).isEqualTo(left);
    assertThat(heard).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aMergeWhoseInputIsDeletedMeanwhileIsNoFailure() throws IOException {
    compactor.tick(NOON);
    compactor.tick(NOON.plus(INTERVAL));
    store.live.removeFirst();
    store.inputs.store.delete(Inputs.key(0));
    waiting.remove().run();
    assertThat(heard).isEmpty();
    assertThat(corrupt).isEmpty();
  }

  @Test
  void closingGivesUpAMergeInTheMiddle() throws IOException {
    List<TestEntry> before = store.rows();
    onPause = compactor::close;
    tickAfter(Duration.ZERO);
    tickAfter(INTERVAL);
    assertThat(heard).isEmpty();
    assertThat(store.live).hasSize(4);
    assertThat(store.rows()).isEqualTo(before);
    assertNothingIsLeft();
    tickAfter(INTERVAL);
    assertThat(compactor.running()).isZero();
  }

  @Test
  void leavesOutTheRowsThatTheTenantsFilterDrops() throws IOException {
    filter = rows -> new BitSet();
    tickAfter(Duration.ZERO);
    tickAfter(INTERVAL);
    assertThat(store.live).isEmpty();
    assertThat(heard).containsExactly("merged 4");
  }

  @Test
  void deletesWhatIsInNoUseAnyMoreAsSoonAsItMay() {
    store.garbage = true;
    tickAfter(Duration.ZERO);
    assertThat(store.sweeps).isEqualTo(1);
    tickAfter(Duration.ofSeconds(1));
    assertThat(store.sweeps).isEqualTo(1);
  }

  @Test
  void aDeletionThatFailsIsTriedAgainAfterAWhile() {
    store.garbage = true;
    store.failure = new IOException("no answer");
    tickAfter(Duration.ZERO);
    tickAfter(Duration.ofSeconds(9));
    assertThat(store.sweeps).isEqualTo(1);
    tickAfter(Duration.ofSeconds(1));
    assertThat(store.sweeps).isEqualTo(2);
  }

  @Test
  void aDeletionThatRunsOutOfMemoryIsTriedAgainAfterAWhile() {
    store.garbage = true;
    store.error = new OutOfMemoryError("Java heap space");
    tickAfter(Duration.ZERO);
    tickAfter(Duration.ofSeconds(10));
    assertThat(store.sweeps).isEqualTo(2);
  }

  @Test
  void removesWhatAnEarlierProcessLeft() throws IOException {
    Files.createDirectories(place);
    Path left = Files.writeString(place.resolve("merge-7.seg"), "half");
    Path other = Files.writeString(place.resolve("notes.txt"), "mine");
    compactor(1);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }
}
