package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.ReadOrder;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.GatedStore;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.object.PageCache;
import dev.skald.storage.object.PageCacheListener;
import dev.skald.storage.object.RangeReader;
import dev.skald.storage.object.RemoteRanges;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {
  private static final long START = 20_000L * 86_400_000_000_000L;
  private static final long BUDGET = 1 << 20;

  private final MemoryStore memory = new MemoryStore();
  private final GatedStore store = new GatedStore(memory);
  private final ByteBudget budget = new ByteBudget(BUDGET);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CorruptDataException> reported = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Reads exact ranges; joins what is no further apart than a gap. */
  private record Exact(GatedStore store, int gap) implements RangeReader {
    @Override
    public byte[] read(String key, long size, long offset, int length) throws IOException {
      return store.get(key, offset, length);
    }
  }

  private ReadPath path(int gap, long aheadBytes) {
    return new ReadPath(new Exact(store, gap), threads, budget, aheadBytes);
  }

  /** Ten streams of 30 entries each, one block a stream, one stream after the other in time. */
  private SegmentReader tenBlocks(ReadPath path) throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] line = new byte[100];
      random.nextBytes(line);
      Labels labels = Labels.of("app", "a" + i / 30);
      Map<String, String> metadata = Map.of("id", Long.toHexString(random.nextLong()));
      entries.add(TestEntry.of(labels, START + i, line, metadata));
    }
    return open(path, new SegmentOptions(1, 30, 1 << 20, 500), entries);
  }

  private SegmentReader open(ReadPath path, SegmentOptions options, List<TestEntry> entries)
      throws IOException {
    SegmentLocation location = TestSegments.write(memory, options, List.of(Batches.of(entries)));
    SegmentReader reader = SegmentReader.open(path.ranges(), location);
    store.forgetGets();
    return reader;
  }

  private static Selection all(ReadOrder order) {
    return new Selection(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, Columns.ALL, order);
  }

  private List<Block> select(SegmentReader reader, ReadPath path, ReadOrder order) {
    List<Block> blocks =
        new ArrayList<>(reader.select(all(order), reported::add, new ReadAhead(path, order)));
    blocks.sort(
        order == ReadOrder.NEWEST_FIRST
            ? Comparator.comparingLong(block -> -block.maxTime())
            : Comparator.comparingLong(Block::minTime));
    return blocks;
  }

  private Future<List<TestEntry>> reading(List<Block> blocks) {
    return threads.submit(() -> Batches.read(blocks));
  }

  @Test
  void beginsAllReadsAtOnceIfEverythingIsWanted() throws Exception {
    ReadPath path = path(0, BUDGET);
    SegmentReader reader = tenBlocks(path);
    // Blocks lie end to end; every second one leaves a gap.
    List<Block> blocks = new ArrayList<>();
    ReadAhead ahead = new ReadAhead(path, ReadOrder.EVERYTHING);
    Matcher odd = new Matcher("app", Matcher.Type.REGEX, "a[13579]");
    Selection selection = new Selection(List.of(odd), Long.MIN_VALUE, Long.MAX_VALUE, Columns.ALL);
    blocks.addAll(reader.select(selection, reported::add, ahead));
    store.shut();
    Future<List<TestEntry>> read = reading(blocks);
    store.awaitGets(5);
    store.open();
    assertThat(read.get()).hasSize(150);
    assertThat(store.gets()).hasSize(5);
    blocks.forEach(Block::release);
    assertThat(budget.left()).isEqualTo(BUDGET);
  }

  @Test
  void readsNeighbouringBlocksInOneGet() throws Exception {
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    assertThat(Batches.read(blocks)).hasSize(300);
    assertThat(store.gets()).hasSize(1);
  }

  @Test
  void readsTimesFirstOnlyWhereTheRestWouldCostMoreThanAnotherGet() throws Exception {
    for (int gap : new int[] {0, 1 << 20}) {
      ReadPath path = path(gap, BUDGET);
      SegmentReader reader = tenBlocks(path);
      Selection selection = new Selection(List.of(), START + 35, START + 36, Columns.ALL);
      List<Block> blocks =
          reader.select(selection, reported::add, new ReadAhead(path, ReadOrder.EVERYTHING));
      assertThat(Batches.read(blocks)).hasSize(1);
      assertThat(store.gets()).hasSize(gap == 0 ? 4 : 1);
    }
  }

  @Test
  void aQueryThatMayStopLoadsOnlyWhatItCannotStopBefore() throws Exception {
    for (ReadOrder order : List.of(ReadOrder.OLDEST_FIRST, ReadOrder.NEWEST_FIRST)) {
      ReadPath path = path(0, BUDGET);
      List<Block> blocks = select(tenBlocks(path), path, order);
      blocks.getFirst().read(Columns.ALL);
      long one = store.gets().getFirst().length();
      blocks.forEach(Block::release);
      assertThat(store.gets()).hasSize(1);
      assertThat(one).isLessThan(memory.size(TestSegments.KEY) / 5);
      assertThat(budget.left()).isEqualTo(BUDGET);
    }
  }

  @Test
  void aQueryThatDoesNotStopLoadsMoreAndMore() throws Exception {
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.NEWEST_FIRST);
    assertThat(Batches.read(blocks)).hasSize(300);
    // 1, then 2 and so on: fewer than blocks, and none twice.
    assertThat(store.gets().size()).isBetween(2, 8);
    assertThat(store.gets().stream().mapToLong(GatedStore.Get::length).sum())
        .isLessThanOrEqualTo(memory.size(TestSegments.KEY));
  }

  @Test
  void neverHoldsMoreThanItMay() throws Exception {
    ReadPath path = path(0, 12_000);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    int rows = 0;
    for (Block block : blocks) {
      rows += block.read(Columns.ALL).rows();
      assertThat(BUDGET - budget.left()).isBetween(1L, 12_000L);
    }
    assertThat(rows).isEqualTo(300);
    blocks.forEach(Block::release);
    assertThat(budget.left()).isEqualTo(BUDGET);
    assertThat(store.gets().size()).isBetween(3, 8);
  }

  @Test
  void readsOnWithoutAnythingAheadIfOthersHaveTakenAllMemory() throws Exception {
    budget.take(BUDGET);
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    assertThat(Batches.read(blocks)).hasSize(300);
    assertThat(store.gets()).hasSize(10);
    blocks.forEach(Block::release);
    assertThat(budget.left()).isZero();
  }

  @Test
  void whatIsLetGoOfOnItsWayGivesItsBytesBackWhenItComes() throws Exception {
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    store.shut();
    Future<List<TestEntry>> read = reading(blocks.subList(0, 1));
    store.awaitGets(1);
    blocks.forEach(Block::release);
    assertThat(budget.left()).isLessThan(BUDGET);
    store.open();
    assertThat(read.get()).hasSize(30);
    assertThat(budget.left()).isEqualTo(BUDGET);
  }

  @Test
  void secondReadOfABlockForOtherColumnsNeedsNoGet() throws Exception {
    ReadPath path = path(1 << 20, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    for (Block block : blocks) {
      assertThat(block.read(Columns.LINES_ONLY).rows()).isEqualTo(30);
      assertThat(block.read(Columns.ALL.withoutLines()).metadata()).hasSize(1);
    }
    assertThat(store.gets()).hasSize(1);
  }

  @Test
  void aBlockCanBeReadAgainAfterItsRelease() throws Exception {
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    List<TestEntry> first = Batches.read(blocks);
    blocks.forEach(Block::release);
    assertThat(Batches.read(blocks)).isEqualTo(first);
    blocks.forEach(Block::release);
    assertThat(budget.left()).isEqualTo(BUDGET);
  }

  @Test
  void aStoreThatFailsFailsTheQuery() throws Exception {
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    store.fail(new IOException("503 slow down"));
    assertThatThrownBy(() -> Batches.read(blocks))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("503 slow down");
    assertThat(reported).isEmpty();
    blocks.forEach(Block::release);
    assertThat(budget.left()).isEqualTo(BUDGET);
  }

  @Test
  void whatIsMissingOfAnObjectCostsOnlyTheBlocksThatItIsMissingOf() throws Exception {
    ReadPath path = path(0, BUDGET);
    List<Block> blocks = select(tenBlocks(path), path, ReadOrder.EVERYTHING);
    byte[] whole = memory.objects.get(TestSegments.KEY);
    memory.objects.put(TestSegments.KEY, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(Batches.read(blocks)).hasSizeBetween(90, 180);
    assertThat(reported).isNotEmpty().allMatch(one -> one.getCause() instanceof EOFException);
  }

  @Test
  void readsTheSameAsWithoutReadingAhead() throws Exception {
    Random random = new Random(11);
    RangeReader remote = new RemoteRanges(store, PageCache.none(), PageCacheListener.NONE);
    ReadPath path = new ReadPath(remote, threads, budget, BUDGET);
    List<TestEntry> entries = SegmentCorruptionTest.entries();
    SegmentReader plain = open(path, TestSegments.SMALL, entries);
    SegmentReader reader = open(path, TestSegments.SMALL, entries);
    for (int i = 0; i < 300; i++) {
      long start = START + random.nextInt(300) * 1_000_000L;
      Matcher matcher = new Matcher("app", Matcher.Type.REGEX, random.nextBoolean() ? "a" : "a|b");
      Columns columns =
          random.nextBoolean()
              ? Columns.ALL
              : new Columns(random.nextBoolean(), false, Set.of("trace_id"));
      ReadOrder order = ReadOrder.values()[random.nextInt(3)];
      long end = start + random.nextInt(1, 300_000_000);
      Selection selection = new Selection(List.of(matcher), start, end, columns, order);
      List<Block> expected = plain.select(selection, TestSegments::noCorruption);
      List<Block> blocks =
          reader.select(selection, TestSegments::noCorruption, new ReadAhead(path, order));
      assertThat(rows(blocks, columns)).isEqualTo(rows(expected, columns));
      blocks.forEach(Block::release);
    }
    assertThat(budget.left()).isEqualTo(BUDGET);
  }

  private static List<TestEntry> rows(List<Block> blocks, Columns columns) {
    List<TestEntry> entries = new ArrayList<>();
    blocks.forEach(block -> entries.addAll(Batches.entries(block.read(columns))));
    return entries;
  }
}
