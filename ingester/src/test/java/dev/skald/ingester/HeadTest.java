package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.catalog.HeadId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HeadTest {
  private final LiveStreams streams =
      new LiveStreams(new ActiveStreams(IngesterListener.NONE), 1 << 20);
  private final Head head = new Head(new HeadId(1), 1 << 20, 0);

  @Test
  void givesBackWhatANaiveModelHolds() {
    for (int seed = 0; seed < 60; seed++) {
      checkAgainstModel(new Random(seed), seed % 3 == 0);
    }
  }

  private static void checkAgainstModel(Random random, boolean manyValues) {
    LiveStreams streams = new LiveStreams(new ActiveStreams(IngesterListener.NONE), 1 << 20);
    Head head = new Head(new HeadId(1), 1 << 20, 0);
    Set<Entry> model = new LinkedHashSet<>();
    for (int push = 0; push < 20; push++) {
      List<Entry> entries = new ArrayList<>();
      for (int i = random.nextInt(100); i >= 0; i--) {
        entries.add(randomEntry(random, manyValues));
      }
      append(head, streams, "t", entries);
      if (random.nextInt(5) == 0) {
        head.rollback();
      } else {
        head.commit(0);
        model.addAll(entries);
      }
    }
    long start = random.nextInt(1000);
    long end = start + random.nextInt(1000);
    Columns columns =
        switch (random.nextInt(3)) {
          case 0 -> Columns.ALL;
          case 1 -> Columns.TIMES_ONLY;
          default -> new Columns(false, false, Set.of("level", "absent"));
        };
    List<Matcher> matchers = List.of(new Matcher("app", Matcher.Type.NOT_EQUAL, "a1"));
    Selection selection = new Selection(matchers, start, end, columns);
    assertThat(sorted(Entries.select(head.tenant("t"), selection)))
        .isEqualTo(expected(model, selection));
  }

  private static Entry randomEntry(Random random, boolean manyValues) {
    Map<String, String> metadata = new TreeMap<>();
    if (random.nextInt(4) > 0) {
      metadata.put("level", random.nextBoolean() ? "info" : "error");
    }
    if (random.nextInt(3) == 0) {
      metadata.put("trace", "t" + random.nextInt(manyValues ? 1 << 30 : 3));
    }
    Labels labels = Labels.of("app", "a" + random.nextInt(3), "quote", "\"\\\n\u0001é\uD83D\uDE00");
    return new Entry(labels, random.nextInt(2000), "line " + random.nextInt(20), metadata);
  }

  private static List<Entry> expected(Set<Entry> model, Selection selection) {
    List<Entry> expected = new ArrayList<>();
    for (Entry entry : model) {
      if (entry.timestamp() >= selection.start()
          && entry.timestamp() < selection.end()
          && selection.matchers().stream().allMatch(m -> m.matches(entry.stream()))) {
        Map<String, String> metadata = new TreeMap<>(entry.metadata());
        metadata.keySet().removeIf(name -> !selection.columns().wantsMetadata(name));
        String line = selection.columns().lines() ? entry.line() : null;
        expected.add(new Entry(entry.stream(), entry.timestamp(), line, metadata));
      }
    }
    return sorted(expected);
  }

  /** By stream and time; what is equal in both keeps its place. */
  private static List<Entry> sorted(List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Entry::stream).thenComparingLong(Entry::timestamp));
    return sorted;
  }

  @Test
  void keepsTheOrderOfArrivalAtEqualTimes() {
    append("t", new Entry("a", 5, "one"), new Entry("a", 3, "two"), new Entry("a", 5, "three"));
    append("t", new Entry("a", 3, "four"));
    head.commit(0);
    assertThat(Entries.all(head.tenant("t")))
        .extracting(Entry::line)
        .containsExactly("two", "four", "one", "three");
  }

  @Test
  void storesAnExactDuplicateOnce() {
    Entry plain = new Entry("a", 5, "x");
    Entry marked = new Entry(plain.stream(), 5, "x", Map.of("k", "v"));
    append("t", plain, plain, marked);
    append("t", marked, new Entry("a", 4, "x"), plain);
    head.commit(0);
    assertThat(Entries.all(head.tenant("t"))).hasSize(3);
    assertThat(head.duplicates()).isEqualTo(3);
  }

  @Test
  void showsNothingBeforeItIsCommitted() {
    append("t", new Entry("a", 5, "x"));
    assertThat(Entries.all(head.tenant("t"))).isEmpty();
    head.commit(0);
    assertThat(Entries.all(head.tenant("t"))).hasSize(1);
  }

  @Test
  void takesAnEntryAgainThatWasRolledBack() {
    append("t", new Entry("a", 5, "x"));
    head.rollback();
    append("t", new Entry("a", 5, "x"), new Entry("a", 5, "x"));
    head.commit(0);
    assertThat(Entries.all(head.tenant("t"))).hasSize(1);
  }

  @Test
  void keepsTenantsApart() {
    append("t1", new Entry("a", 5, "x"));
    append("t2", new Entry("a", 5, "y"));
    head.commit(0);
    assertThat(Entries.all(head.tenant("t1"))).extracting(Entry::line).containsExactly("x");
    assertThat(Entries.all(head.tenant("t2"))).extracting(Entry::line).containsExactly("y");
    assertThat(head.tenant("t3")).isNull();
    assertThat(head.batches()).containsOnlyKeys("t1", "t2");
  }

  @Test
  void cutsManyRowsIntoBlocksByTimeWithoutLosingOne() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      entries.add(new Entry("a" + i % 7, i / 3, "line " + i));
    }
    entries.sort(Comparator.comparing(Entry::stream));
    append(head, streams, "t", entries);
    append("t", new Entry("a3", 17, "late"));
    head.commit(0);
    List<Block> blocks =
        head.tenant("t").select(new Selection(List.of(), 100, 30_000, Columns.ALL));
    assertThat(blocks).hasSizeGreaterThan(4);
    long rows = 0;
    for (Block block : blocks) {
      Batch batch = block.read(Columns.ALL);
      rows += batch.rows();
      for (long time : batch.timestamps()) {
        assertThat(time).isBetween(block.minTime(), block.maxTime());
      }
    }
    assertThat(rows).isEqualTo((30_000 - 100) * 3);
    blocks.sort(Comparator.comparingLong(Block::minTime));
    for (int i = 1; i < blocks.size(); i++) {
      assertThat(blocks.get(i).minTime()).isGreaterThan(blocks.get(i - 1).maxTime());
    }
  }

  @Test
  void givesAConstantColumnWhereEveryRowHasTheValue() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Map<String, String> metadata = Map.of("pod", "p", "level", i % 2 == 0 ? "a" : "b");
      entries.add(new Entry(Labels.of("app", "a"), i, "x", metadata));
    }
    append(head, streams, "t", entries);
    head.commit(0);
    Map<String, Column> columns = new TreeMap<>();
    for (Batch.MetadataColumn column : head.batches().get("t").metadata()) {
      columns.put(column.name(), column.values());
    }
    assertThat(columns.get("pod")).isInstanceOf(Column.Constant.class);
    assertThat(columns.get("level")).isInstanceOf(Column.Dictionary.class);
  }

  @Test
  void countsEntriesAndBytesOfItsStreams() {
    append(
        "t",
        new Entry(Labels.of("app", "a"), 5, "1234", Map.of("k", "vv")),
        new Entry("b", 50, "x"));
    head.commit(0);
    assertThat(head.tenant("t").streams(List.of(), 0, 50))
        .containsExactly(new StreamStats(Labels.of("app", "a"), 1, 1, 4 + 8 + 3));
  }

  @Test
  void countsNamesAndValuesOfMetadataOnceAStream() {
    append(
        "t",
        metadataEntry(1, Map.of("k", "vv")),
        metadataEntry(2, Map.of("k", "vv")),
        metadataEntry(3, Map.of("k", "www", "kk", "vv")),
        metadataEntry(4, Map.of("k", "vv")));
    head.commit(0);
    long pairs = 5 * 8;
    assertThat(head.tenant("t").streams(List.of(), 0, 50))
        .containsExactly(
            new StreamStats(Labels.of("app", "a"), 1, 4, 4 + pairs + 1 + 2 + 2 + 3 + 2));
  }

  @Test
  void countsTakenBackValuesAgainWhenTheyCome() {
    append("t", metadataEntry(1, Map.of("k", "one")), metadataEntry(2, Map.of("k", "two")));
    head.commit(0);
    append("t", metadataEntry(3, Map.of("k", "three")));
    head.rollback();
    append("t", metadataEntry(3, Map.of("k", "three")));
    head.commit(0);
    assertThat(head.tenant("t").streams(List.of(), 0, 50))
        .containsExactly(new StreamStats(Labels.of("app", "a"), 1, 3, 3 + 3 * 8 + 1 + 3 + 3 + 5));
  }

  @Test
  void countsOnlyTheRowsOfTheTimeRange() {
    for (boolean ordered : new boolean[] {true, false}) {
      String tenant = "ordered " + ordered;
      for (int i = 0; i < 10; i++) {
        append(tenant, metadataEntry(ordered ? i : 9 - i, Map.of()));
      }
      head.commit(0);
      assertThat(head.tenant(tenant).streams(List.of(), 2, 5))
          .containsExactly(new StreamStats(Labels.of("app", "a"), 1, 3, 3));
      assertThat(head.tenant(tenant).streams(List.of(), 10, 50)).isEmpty();
    }
  }

  private static Entry metadataEntry(long time, Map<String, String> metadata) {
    return new Entry(Labels.of("app", "a"), time, "x", metadata);
  }

  private void append(String tenant, Entry... entries) {
    append(head, streams, tenant, List.of(entries));
  }

  private static void append(Head head, LiveStreams streams, String tenant, List<Entry> entries) {
    for (Entry entry : entries) {
      String text = entry.stream().toString();
      long hash = Entries.hash(entry.stream());
      streams.findOrAdd(tenant, Entries.slice(text), hash, 0);
    }
    head.append(Entries.record(tenant, entries), streams);
  }
}
