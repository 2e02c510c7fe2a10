package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SegmentRoundTripTest {
  private static final long START = 20_000L * 86_400_000_000_000L;
  private static final Labels A = Labels.of("app", "a");

  private final MemoryStore store = new MemoryStore();

  private List<TestEntry> roundTrip(SegmentOptions options, List<Batch> batches)
      throws IOException {
    SegmentReader reader = TestSegments.open(store, options, batches);
    return Batches.read(reader.select(Batches.EVERYTHING, TestSegments::noCorruption));
  }

  @Property(tries = 150)
  void givesBackEveryEntryInOrder(@ForAll Random random) throws IOException {
    List<TestEntry> entries = randomEntries(random, 1 + random.nextInt(300));
    int cut = random.nextInt(entries.size() + 1);
    List<Batch> batches =
        List.of(
            Batches.of(entries.subList(0, cut)), Batches.of(entries.subList(cut, entries.size())));
    SegmentOptions options =
        new SegmentOptions(
            1, 1 + random.nextInt(100), 1 + random.nextInt(4000), 1 + random.nextInt(500));
    assertThat(roundTrip(options, batches)).isEqualTo(Batches.sorted(entries));
    assertThat(roundTrip(SegmentOptions.SEAL, batches)).isEqualTo(Batches.sorted(entries));
  }

  @Property(tries = 150)
  void givesExactlyTheWantedEntries(@ForAll Random random) throws IOException {
    List<TestEntry> entries = randomEntries(random, 1 + random.nextInt(200));
    SegmentReader reader =
        TestSegments.open(store, TestSegments.SMALL, List.of(Batches.of(entries)));
    long start = START + random.nextInt(12_000);
    long end = start + random.nextInt(12_000);
    Matcher matcher = randomMatcher(random);
    List<TestEntry> wanted =
        Batches.sorted(entries).stream()
            .filter(entry -> entry.time() >= start && entry.time() < end)
            .filter(entry -> matcher.matches(entry.labels()))
            .toList();
    Selection selection = new Selection(List.of(matcher), start, end, Columns.ALL);
    var blocks = reader.select(selection, TestSegments::noCorruption);
    assertThat(Batches.read(blocks)).isEqualTo(wanted);
    for (var block : blocks) {
      for (long time : block.read(Columns.ALL).timestamps()) {
        assertThat(time).isBetween(block.minTime(), block.maxTime());
      }
    }
  }

  private static Matcher randomMatcher(Random random) {
    String name = List.of("app", "env", "none").get(random.nextInt(3));
    String value = List.of("", "a0", "a1", "prod").get(random.nextInt(4));
    return new Matcher(
        name, random.nextBoolean() ? Matcher.Type.EQUAL : Matcher.Type.NOT_EQUAL, value);
  }

  private static List<TestEntry> randomEntries(Random random, int count) {
    List<TestEntry> entries = new ArrayList<>();
    int[] units = {1, 1000, 1_000_000};
    int unit = units[random.nextInt(3)];
    for (int i = 0; i < count; i++) {
      Labels labels = Labels.of("app", "a" + random.nextInt(4));
      if (random.nextInt(3) == 0) {
        labels = labels.toBuilder().add("env", "prod").build();
      }
      long time = START + random.nextLong(20_000) / unit * unit;
      byte[] line = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(60)];
      random.nextBytes(line);
      entries.add(TestEntry.of(labels, time, line, randomMetadata(random)));
    }
    return entries;
  }

  private static Map<String, String> randomMetadata(Random random) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("constant", "");
    if (random.nextInt(2) == 0) {
      metadata.put("trace_id", String.format("%016x", random.nextLong()));
      metadata.put("span_id", "ü".repeat(random.nextInt(5)) + random.nextInt());
    }
    if (random.nextInt(4) != 0) {
      metadata.put("level", List.of("info", "warn", "error").get(random.nextInt(3)));
    }
    return metadata;
  }

  @Test
  void keepsArrivalOrderOfEqualTimesAcrossBatches() throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entries.add(TestEntry.of(A, START + i / 10, "line " + i, Map.of()));
    }
    List<Batch> batches =
        List.of(
            Batches.of(entries.subList(0, 15)),
            Batches.of(entries.subList(15, 17)),
            Batches.of(entries.subList(17, 40)));
    assertThat(roundTrip(TestSegments.SMALL, batches)).isEqualTo(entries);
  }

  @Test
  void keepsDuplicates() throws IOException {
    TestEntry entry = TestEntry.of(A, START, "again", Map.of("k", "v"));
    assertThat(
            roundTrip(
                TestSegments.SMALL, List.of(Batches.of(new ArrayList<>(List.of(entry, entry))))))
        .containsExactly(entry, entry);
  }

  @Test
  void keepsOneEmptyLine() throws IOException {
    TestEntry entry = TestEntry.of(A, START, "", Map.of());
    assertThat(roundTrip(SegmentOptions.SEAL, List.of(Batches.of(List.of(entry)))))
        .containsExactly(entry);
  }

  @Test
  void keepsALineThatIsLargerThanABlock() throws IOException {
    byte[] line = new byte[5 << 20];
    new Random(1).nextBytes(line);
    List<TestEntry> entries =
        List.of(TestEntry.of(A, START, line, Map.of()), TestEntry.of(A, START, "x", Map.of()));
    assertThat(roundTrip(TestSegments.SMALL, List.of(Batches.of(entries)))).isEqualTo(entries);
  }

  @Test
  void keepsManyDistinctValuesAsPlainAndHexColumns() throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Map<String, String> metadata =
          i % 3 == 0
              ? Map.of()
              : Map.of("trace_id", String.format("%032x", i * 77L), "id", "value-" + i);
      entries.add(TestEntry.of(A, START + i, "line", metadata));
    }
    SegmentReader reader =
        TestSegments.open(store, SegmentOptions.SEAL, List.of(Batches.of(entries)));
    assertThat(reader.blocks().getFirst().columns())
        .extracting(BlockInfo.ColumnInfo::encoding)
        .containsExactly(ColumnEncoding.PLAIN, ColumnEncoding.HEX);
    assertThat(Batches.read(reader.select(Batches.EVERYTHING, TestSegments::noCorruption)))
        .isEqualTo(entries);
  }

  @Test
  void choosesColumnKindsByWhatTheWantedRowsHold() throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      entries.add(
          TestEntry.of(A, START + i, "l", Map.of("same", "x", "half", i < 4 ? "lo" : "hi")));
    }
    SegmentReader reader =
        TestSegments.open(store, SegmentOptions.SEAL, List.of(Batches.of(entries)));
    Batch all = readOne(reader, Batches.EVERYTHING);
    assertThat(column(all, "same")).isInstanceOf(Column.Constant.class);
    assertThat(column(all, "half")).isInstanceOf(Column.Dictionary.class);
    Batch half = readOne(reader, new Selection(List.of(), START, START + 4, Columns.ALL));
    assertThat(column(half, "half")).isInstanceOf(Column.Constant.class);
  }

  private static Batch readOne(SegmentReader reader, Selection selection) {
    var blocks = reader.select(selection, TestSegments::noCorruption);
    assertThat(blocks).hasSize(1);
    return blocks.getFirst().read(selection.columns());
  }

  private static Column column(Batch batch, String name) {
    return ColumnValues.column(batch, name);
  }

  @Test
  void readsOnlyTheWantedColumns() throws IOException {
    List<TestEntry> entries = randomEntries(new Random(5), 500);
    SegmentReader reader =
        TestSegments.open(store, SegmentOptions.SEAL, List.of(Batches.of(entries)));
    long before = store.bytesRead;
    Selection selection =
        new Selection(
            List.of(), 0, Long.MAX_VALUE, new Columns(false, false, Set.of("level", "absent")));
    Batch batch = readOne(reader, selection);
    assertThat(batch.lines()).isInstanceOf(Column.Absent.class);
    assertThat(batch.metadata()).extracting(Batch.MetadataColumn::name).containsExactly("level");
    assertThat(store.bytesRead - before).isLessThan(store.size(TestSegments.KEY) / 4);
  }

  @Test
  void opensWithOneRead() throws IOException {
    List<TestEntry> entries = randomEntries(new Random(5), 500);
    TestSegments.open(store, SegmentOptions.SEAL, List.of(Batches.of(entries)));
    assertThat(store.reads).isEqualTo(1);
  }

  @Test
  void cutsASegmentAtMidnightUtc() {
    long day = 86_400_000_000_000L;
    List<TestEntry> entries = new ArrayList<>();
    for (long time : new long[] {-1, 0, day - 1, day, 5 * day}) {
      entries.add(TestEntry.of(A, START + time, "t" + time, Map.of()));
    }
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
      List<WrittenSegment> segments = writer.write("t", List.of(Batches.of(entries)));
      assertThat(segments)
          .extracting(WrittenSegment::day, WrittenSegment::entries)
          .extracting(Object::toString)
          .containsExactly("(19999L, 1L)", "(20000L, 2L)", "(20001L, 1L)", "(20005L, 1L)");
    }
  }

  @Test
  void makesNoSegmentOfNoEntries() {
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
      assertThat(writer.write("t", List.of(Batches.of(List.of())))).isEmpty();
    }
  }

  @Test
  void refusesARunThatIsNotInTimeOrder() {
    Column lines = new Column.Constant(new byte[] {'x'});
    Batch batch =
        new Batch(List.of(new Batch.Run(A, 1, 0, 2)), new long[] {2, 1}, lines, List.of());
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
      assertThatThrownBy(() -> writer.write("t", List.of(batch)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("row 1 of {app=\"a\"} is older");
    }
  }

  @Test
  void writesTheSameBytesForTheSameEntries() {
    List<TestEntry> entries = randomEntries(new Random(9), 300);
    List<ByteBuffer> first;
    List<ByteBuffer> second;
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
      first = writer.write("t", List.of(Batches.of(entries))).getFirst().content();
      second = writer.write("t", List.of(Batches.of(entries))).getFirst().content();
    }
    assertThat(MemoryStore.join(first)).isEqualTo(MemoryStore.join(second));
  }

  @Property(tries = 60)
  void countsEntriesAndBytesByStreamAndMinute(@ForAll Random random) throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (TestEntry entry : randomEntries(random, 200)) {
      long time = START + (entry.time() - START) * 1_000_000_000L;
      entries.add(new TestEntry(entry.labels(), time, entry.lineHex(), entry.metadata()));
    }
    SegmentReader reader =
        TestSegments.open(store, TestSegments.SMALL, List.of(Batches.of(entries)));
    List<MinuteCounts> counts = reader.minuteCounts();
    for (int i = 0; i < reader.streams().size(); i++) {
      StreamTotals stream = reader.streams().get(i);
      List<TestEntry> ofStream =
          entries.stream().filter(entry -> entry.labels().equals(stream.labels())).toList();
      assertThat(stream.entries()).isEqualTo(ofStream.size());
      assertThat(stream.lineBytes()).isEqualTo(lineBytes(ofStream));
      assertThat(stream.hash()).isEqualTo(Batches.hash(stream.labels()));
      Map<Long, List<TestEntry>> byMinute =
          ofStream.stream()
              .collect(Collectors.groupingBy(e -> Math.floorDiv(e.time(), MinuteCounts.NANOS)));
      assertThat(counts.get(i).minutes()).hasSize(byMinute.size()).isSorted();
      for (int m = 0; m < counts.get(i).minutes().length; m++) {
        List<TestEntry> minute = byMinute.get(counts.get(i).minutes()[m]);
        assertThat(counts.get(i).entries()[m]).isEqualTo(minute.size());
        assertThat(counts.get(i).lineBytes()[m]).isEqualTo(lineBytes(minute));
      }
    }
  }

  @Test
  void countsNamesAndValuesOfMetadataOnceAStream() throws IOException {
    Labels a = Labels.of("app", "a");
    Labels b = Labels.of("app", "b");
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(TestEntry.of(a, START + i, "x", Map.of("level", i % 2 == 0 ? "info" : "warn")));
      entries.add(TestEntry.of(b, START + i, "x", i < 3 ? Map.of("level", "info") : Map.of()));
    }
    // Two batches interleave in time, so that each stream has several runs.
    List<Batch> batches =
        List.of(
            Batches.of(new ArrayList<>(entries.subList(0, 10))),
            Batches.of(new ArrayList<>(entries.subList(10, 20))));
    SegmentReader reader = TestSegments.open(store, SegmentOptions.SEAL, batches);
    assertThat(reader.streams())
        .extracting(StreamTotals::metadataBytes)
        .containsExactly(10 * 8L + 5 + 4 + 4, 3 * 8L + 5 + 4);
  }

  @Test
  void countsEveryValueWhereValuesDoNotRepeat() throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Map<String, String> metadata = Map.of("id", "%04d".formatted(i));
      entries.add(TestEntry.of(Labels.of("app", "a"), START + i, "x", metadata));
    }
    SegmentReader reader =
        TestSegments.open(store, SegmentOptions.SEAL, List.of(Batches.of(entries)));
    assertThat(reader.streams().getFirst().metadataBytes()).isEqualTo(2 + 1000 * (8 + 4));
  }

  private static long lineBytes(List<TestEntry> entries) {
    return entries.stream().mapToLong(entry -> entry.lineHex().length() / 2).sum();
  }
}
