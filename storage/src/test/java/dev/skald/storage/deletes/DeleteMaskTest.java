package dev.skald.storage.deletes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.Batches;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeleteMaskTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;
  private static final long START = 20_000 * DAY;
  private static final int ROWS = 400;

  @TempDir Path directory;
  private Storage storage;
  private final List<TestEntry> rows = new ArrayList<>();

  /** A query and what it means, said in a plainer language. */
  private record Meaning(String query, Predicate<TestEntry> covers) {}

  private static final List<Meaning> QUERIES =
      List.of(
          new Meaning("{}", row -> true),
          new Meaning("{app=\"a\"}", row -> app(row).equals("a")),
          new Meaning("{app=~\"a|b\"}", row -> !app(row).equals("c")),
          new Meaning(
              "{app=\"b\"} |= \"7\"", row -> app(row).equals("b") && text(row).contains("7")),
          new Meaning(
              "{app!=\"c\"} != \"1\"", row -> !app(row).equals("c") && !text(row).contains("1")),
          new Meaning(
              "{app=\"c\"} |~ \"[0-4]$\"",
              row -> app(row).equals("c") && text(row).matches("(?s).*[0-4]")),
          new Meaning("{} | level=\"info\"", row -> "info".equals(row.metadata().get("level"))),
          new Meaning(
              "{app=\"a\"} | logfmt | n > 200",
              row -> app(row).equals("a") && Integer.parseInt(text(row).substring(2)) > 200));

  private static String app(TestEntry row) {
    return row.labels().get("app");
  }

  private static String text(TestEntry row) {
    return new String(HexFormat.of().parseHex(row.lineHex()), StandardCharsets.UTF_8);
  }

  @BeforeEach
  void store() throws IOException {
    storage =
        Storage.open(
            StorageOptions.in(directory),
            new MemoryStore(),
            new Storage.Writer(new LogId(1, 1), () -> Instant.EPOCH));
    for (int i = 0; i < ROWS; i++) {
      Labels labels = Labels.of("app", "abc".substring(i % 3, i % 3 + 1));
      Map<String, String> metadata =
          i % 5 == 0 ? Map.of() : Map.of("level", i % 2 == 0 ? "info" : "warn");
      rows.add(TestEntry.of(labels, START + i * MINUTE / 2, "n=" + i, metadata));
    }
    storage.seal(new HeadId(0), Map.of("t", Batches.of(new ArrayList<>(rows.subList(0, 250)))));
    storage.seal(new HeadId(1), Map.of("t", Batches.of(new ArrayList<>(rows.subList(250, ROWS)))));
  }

  @AfterEach
  void close() throws IOException {
    storage.close();
  }

  private EntrySource stored() {
    return storage.snapshot().entries("t");
  }

  private static DeleteRequest request(String query, long start, long end) {
    return new DeleteRequest("id", "t", query, start, end, 0, Status.RECEIVED);
  }

  @Test
  void hidesTheRowsThatAPlainOracleHides() {
    Random random = new Random(7);
    for (int i = 0; i < 150; i++) {
      List<DeleteRequest> requests = new ArrayList<>();
      Predicate<TestEntry> hidden = row -> false;
      for (int count = random.nextInt(4); count >= 0; count--) {
        Meaning meaning = QUERIES.get(random.nextInt(QUERIES.size()));
        long start = rows.get(random.nextInt(ROWS)).time() + random.nextInt(2);
        long end = start + random.nextLong(ROWS * MINUTE / 2);
        requests.add(request(meaning.query, start, end));
        hidden =
            hidden.or(row -> row.time() >= start && row.time() <= end && meaning.covers.test(row));
      }
      EntrySource left = DeleteMask.of(requests).over(stored());
      assertThat(Batches.sorted(Batches.read(left.select(Batches.EVERYTHING))))
          .as(requests.toString())
          .isEqualTo(Batches.sorted(rows.stream().filter(hidden.negate()).toList()));
    }
  }

  @Test
  void hasTheSameRowsWhateverColumnsAreRead() {
    EntrySource left =
        DeleteMask.of(
                List.of(
                    request("{app=\"a\"} |= \"1\" | level=\"warn\"", START, START + DAY),
                    request("{app=\"b\"}", START + 10 * MINUTE, START + 100 * MINUTE)))
            .over(stored());
    Columns level = new Columns(false, false, Set.of("level"));
    for (Columns columns :
        List.of(Columns.TIMES_ONLY, level, Columns.LINES_ONLY, Columns.ALL.withoutLines())) {
      for (Block block : left.select(new Selection(List.of(), START, START + DAY, columns))) {
        Batch some = block.read(columns);
        Batch all = block.read(Columns.ALL);
        assertThat(some.timestamps()).isEqualTo(all.timestamps());
        assertThat(some.runs()).isEqualTo(all.runs());
      }
    }
  }

  @Test
  void leavesASourceAloneWhereNothingIsToBeHidden() {
    EntrySource source = stored();
    DeleteRequest done = request("{}", 0, Long.MAX_VALUE).withStatus(Status.PROCESSED);
    assertThat(DeleteMask.of(List.of()).over(source)).isSameAs(source);
    assertThat(DeleteMask.of(List.of(done)).over(source)).isSameAs(source);
    EntrySource other = DeleteMask.of(List.of(request("{}", 5, 6))).over(source);
    assertThat(other.select(Batches.EVERYTHING)).noneMatch(MaskedBlock.class::isInstance);
  }

  @Test
  void releasesTheBlocksThatItHides() {
    List<String> released = new ArrayList<>();
    Block block =
        new Block() {
          @Override
          public long minTime() {
            return START;
          }

          @Override
          public long maxTime() {
            return START;
          }

          @Override
          public Batch read(Columns columns) {
            return Batches.of(List.of());
          }

          @Override
          public void release() {
            released.add("released");
          }
        };
    new MaskedBlock(block, DeleteMask.of(List.of()), () -> {}).release();
    assertThat(released).hasSize(1);
  }

  @Test
  void aBlockThatGoesBadBetweenTwoReadsIsEmpty() {
    Block whole = stored().select(Batches.EVERYTHING).getFirst();
    Block dying =
        new Block() {
          @Override
          public long minTime() {
            return whole.minTime();
          }

          @Override
          public long maxTime() {
            return whole.maxTime();
          }

          @Override
          public Batch read(Columns columns) {
            return columns.lines() ? Batches.of(List.of()) : whole.read(columns);
          }
        };
    Block masked =
        new MaskedBlock(
            dying, DeleteMask.of(List.of(request("{} |= \"n\"", 0, Long.MAX_VALUE))), () -> {});
    assertThat(masked.read(Columns.TIMES_ONLY).rows()).isZero();
    assertThat(masked.read(Columns.ALL).rows()).isZero();
  }

  @Test
  void listsNoStreamThatIsCoveredThroughout() {
    EntrySource left = left(request("{app=\"a\"}", START - 1, START + DAY));
    assertThat(streams(left, START, START + DAY)).containsOnlyKeys("b", "c");
    assertThat(
            left.streams(List.of(new Matcher("app", Matcher.Type.EQUAL, "a")), START, START + DAY))
        .isEmpty();
  }

  @Test
  void countsWhatIsLeftOfAStreamByMinutes() {
    EntrySource left =
        left(
            request("{app=\"a\"}", START, START + 60 * MINUTE - 1),
            request("{app=~\"a|b\"}", START + 30 * MINUTE, START + 90 * MINUTE - 1));
    Map<String, Long> entries = streams(left, START, START + DAY);
    assertThat(entries.get("a")).isEqualTo(count("a", row -> row.time() >= START + 90 * MINUTE));
    assertThat(entries.get("b"))
        .isEqualTo(
            count(
                "b", row -> row.time() < START + 30 * MINUTE || row.time() >= START + 90 * MINUTE));
    assertThat(entries.get("c")).isEqualTo(count("c", row -> true));
  }

  @Test
  void listsStreamsAsTheyWereWhereOnlyAFilterTells() {
    EntrySource left = left(request("{app=\"a\"} |= \"n\"", START - 1, START + DAY));
    assertThat(streams(left, START, START + DAY)).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void aFilterIsLeftInTheMiddle() {
    EntrySource source =
        DeleteMask.of(List.of(request("{} |~ \"[0-9]*a[0-9]{300}\"", START, START + DAY)))
            .over(stored());
    AtomicInteger pauses = new AtomicInteger();
    List<Block> blocks =
        source
            .pausing(
                () -> {
                  if (pauses.incrementAndGet() > 100) {
                    throw new IllegalStateException("enough");
                  }
                })
            .select(Batches.EVERYTHING);
    pauses.set(100);
    assertThatThrownBy(() -> blocks.getFirst().read(Columns.ALL)).hasMessage("enough");
    assertThat(pauses).hasValue(101);
  }

  private EntrySource left(DeleteRequest... requests) {
    return DeleteMask.of(List.of(requests)).over(stored());
  }

  private static Map<String, Long> streams(EntrySource source, long start, long end) {
    Map<String, Long> entries = new java.util.TreeMap<>();
    for (StreamStats stats : source.streams(List.of(), start, end)) {
      entries.merge(stats.labels().get("app"), stats.entries(), Long::sum);
    }
    return entries;
  }

  private long count(String app, Predicate<TestEntry> which) {
    return rows.stream().filter(row -> app(row).equals(app)).filter(which).count();
  }
}
