package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.ReadOrder;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.GatedStore;
import dev.skald.storage.object.LocalRanges;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.object.PausingRanges;
import dev.skald.storage.segment.ReadPath;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who reads segments can leave at any time, even while a far store gives no answer. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LeftInTheMiddleTest {
  private static final int SEGMENTS = 100;
  private static final long BUDGET = 1 << 20;
  private static final long MINUTE = 60_000_000_000L;

  private final MemoryStore memory = new MemoryStore();
  private final GatedStore store = new GatedStore(memory);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ByteBudget budget = new ByteBudget(BUDGET);
  private final List<SegmentEntry> segments = new ArrayList<>();

  /** How many pauses it takes until this does not want to wait any more. */
  private int patience = Integer.MAX_VALUE;

  @BeforeEach
  void write() throws Exception {
    for (int number = 0; number < SEGMENTS; number++) {
      List<TestEntry> entries = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Labels labels = Labels.of("app", "a" + number);
        entries.add(TestEntry.of(labels, i * MINUTE, "line " + i, Map.of()));
      }
      segments.add(write(number, entries));
    }
  }

  private SegmentEntry write(int number, List<TestEntry> entries) throws Exception {
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
      WrittenSegment segment = writer.write("t", List.of(Batches.of(entries))).getFirst();
      memory.put("segment-" + number, segment.content());
      return new SegmentEntry(
          number,
          "t",
          segment.day(),
          SegmentEntry.SEALED,
          "segment-" + number,
          segment.bytes(),
          segment.tailLength(),
          segment.streams(),
          segment.entries(),
          segment.minTime(),
          segment.maxTime(),
          OptionalLong.empty());
    }
  }

  @AfterEach
  void stop() {
    store.open();
    threads.shutdownNow();
  }

  private EntrySource near() {
    return source(ReadPath.local(store));
  }

  private EntrySource far() {
    return source(new ReadPath(new LocalRanges(store), threads, budget, 1 << 16));
  }

  private EntrySource source(ReadPath path) {
    SegmentCache cache = new SegmentCache(path, 1 << 30, what -> {});
    return new SegmentSource(segments, cache, what -> {}).pausing(this::pause);
  }

  private void pause() {
    if (patience-- <= 0) {
      throw new IllegalStateException("enough");
    }
  }

  private static Selection everything() {
    return new Selection(
        List.of(), Long.MIN_VALUE, Long.MAX_VALUE, Columns.ALL, ReadOrder.EVERYTHING);
  }

  @Test
  void opensNoMoreSegmentsOnceItIsLeft() {
    patience = 10;
    assertThatThrownBy(() -> near().select(everything())).hasMessage("enough");
    assertThat(store.gets()).hasSizeLessThanOrEqualTo(10);

    patience = 10;
    store.forgetGets();
    assertThatThrownBy(() -> near().streams(List.of(), 0, MINUTE)).hasMessage("enough");
    assertThat(store.gets()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void readsNoMoreCountsOnceItIsLeft() {
    EntrySource source = near();
    source.select(everything());
    store.forgetGets();
    patience = SEGMENTS + 10;
    // What a stream has in a part of its time is read from each segment.
    assertThatThrownBy(() -> source.streams(List.of(), 0, MINUTE)).hasMessage("enough");
    assertThat(store.gets()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void doesNotWaitForAFooterThatDoesNotCome() {
    store.shut();
    patience = 20;
    assertThatThrownBy(() -> far().select(everything())).hasMessage("enough");
  }

  @Test
  void doesNotWaitForABlockThatIsReadAhead() throws Exception {
    List<Block> blocks = far().select(everything());
    store.forgetGets();
    store.shut();
    patience = 3;
    assertThatThrownBy(() -> blocks.getFirst().read(Columns.ALL)).hasMessage("enough");

    assertThat(budget.left()).isLessThan(BUDGET);
    blocks.forEach(Block::release);
    store.open();
    while (budget.left() < BUDGET) {
      Thread.onSpinWait();
    }
  }

  @Test
  void doesNotWaitForCountsThatDoNotCome() {
    EntrySource source = far();
    source.select(everything());
    store.shut();
    patience = SEGMENTS + 10;
    assertThatThrownBy(() -> source.streams(List.of(), 0, MINUTE)).hasMessage("enough");
  }

  @Test
  void doesNotWaitForARangeThatDoesNotCome() throws Exception {
    PausingRanges ranges = new PausingRanges(new LocalRanges(store), threads, this::pause);
    assertThat(ranges.read("segment-0", 100, 3, 7)).isEqualTo(memory.get("segment-0", 3, 7));

    store.shut();
    patience = 3;
    assertThatThrownBy(() -> ranges.read("segment-0", 100, 0, 10)).hasMessage("enough");
  }
}
