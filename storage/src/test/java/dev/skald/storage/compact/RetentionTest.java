package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.Deletion;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.logql.Labels;
import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.Batches;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.catalog.SegmentKeys;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetentionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant DAY_0 = Instant.EPOCH.plus(Duration.ofDays(20_000));
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration DELETE_DELAY = Duration.ofHours(2);
  private static final Duration GARBAGE_DELAY = Duration.ofSeconds(90);
  private static final Duration CANCEL_PERIOD = Duration.ofHours(24);
  private static final RetentionLimits FOR_EVER = RetentionLimits.defaults();

  @TempDir Path directory;

  private MemoryStore objects = new MemoryStore();
  private FaultyStore store = new FaultyStore(objects);
  private final Map<String, RetentionLimits> limits = new TreeMap<>();
  private final List<String> heard = new ArrayList<>();
  private final List<CorruptDataException> corrupt = new ArrayList<>();
  private Optional<List<EntrySource>> recent = Optional.of(List.of());
  private SizeLimit size = SizeLimit.NONE;
  private boolean enabled = true;
  private Instant now = DAY_0;
  private int heads;
  private Storage storage;
  private DeleteRequests requests;
  private Retention retention;

  private final class Listener implements RetentionListener {
    @Override
    public void applied(Instant at) {
      heard.add("applied");
    }

    @Override
    public void failed() {
      heard.add("failed");
    }

    @Override
    public void removed(int segments, long bytes) {
      heard.add("removed " + segments);
    }

    @Override
    public void rewritten() {
      heard.add("rewritten");
    }

    @Override
    public void processed(String tenant) {
      heard.add("processed " + tenant);
    }
  }

  @BeforeEach
  void open() throws IOException {
    storage =
        Storage.open(
            StorageOptions.in(directory), store, new Storage.Writer(new LogId(1, 1), () -> now));
    requests = new DeleteRequests(storage.catalog());
    MergeStore merging = storage.merging(() -> now, tenant -> GARBAGE_DELAY);
    MergeBudget budget = new MergeBudget(1, 0, () -> 0, nanos -> {});
    retention =
        new Retention(
            storage.catalog(),
            new RetentionOptions(
                enabled, INTERVAL, DELETE_DELAY, tenant -> GARBAGE_DELAY, CANCEL_PERIOD, size),
            new Retention.Environment(
                Runnable::run,
                new Rewriter(
                    merging,
                    CompactorOptions.DEFAULT,
                    WorkingDirectory.open(directory.resolve("compactor")),
                    budget),
                tenant -> limits.getOrDefault(tenant, FOR_EVER),
                requests,
                tenant -> recent,
                new Listener(),
                corrupt::add),
            now);
  }

  @AfterEach
  void close() throws IOException {
    storage.close();
  }

  private void reopen() throws IOException {
    storage.close();
    open();
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * SECOND;
  }

  private static TestEntry row(String app, Instant time, String line) {
    return TestEntry.of(Labels.of("app", app), nanos(time), line, Map.of());
  }

  private void seal(String tenant, TestEntry... rows) throws IOException {
    storage.seal(new HeadId(heads++), Map.of(tenant, Batches.of(new ArrayList<>(List.of(rows)))));
  }

  private List<String> lines(String tenant) {
    var snapshot = storage.snapshot();
    return lines(snapshot.deleted(tenant).over(snapshot.entries(tenant)));
  }

  /** The lines that are there, whether they are hidden or not. */
  private List<String> stored(String tenant) {
    return lines(storage.snapshot().entries(tenant));
  }

  private static List<String> lines(EntrySource source) {
    return Batches.read(source.select(Batches.EVERYTHING)).stream()
        .map(row -> new String(HexFormat.of().parseHex(row.lineHex()), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  private long segmentObjects() {
    return objects.objects.keySet().stream()
        .filter(key -> key.startsWith(SegmentKeys.PREFIX))
        .count();
  }

  private static RetentionLimits period(int days, StreamRetention... streams) {
    return new RetentionLimits(Duration.ofDays(days), List.of(streams), Deletion.FILTER_AND_DELETE);
  }

  private static StreamRetention rule(String selector, int days) {
    return StreamRetention.of(selector, 1, Duration.ofDays(days));
  }

  private void applyAt(Instant time) {
    now = time;
    retention.apply(now);
  }

  private DeleteRequest delete(String query, Instant start, Instant end) throws IOException {
    return requests.create("t", query, nanos(start), nanos(end), now);
  }

  private Status status(DeleteRequest request) {
    return requests.find("t", request.id()).orElseThrow().status();
  }

  @Test
  void removesAWholeSegmentOnceItsNewestLineHasExpired() throws IOException {
    limits.put("t", period(2));
    seal("t", row("a", DAY_0, "old"), row("a", DAY_0.plusSeconds(60), "newer"));
    seal("t", row("a", DAY_0.plus(Duration.ofDays(1)), "next day"));
    seal("other", row("a", DAY_0, "kept"));
    applyAt(DAY_0.plus(Duration.ofDays(2)).plusSeconds(60));
    assertThat(stored("t")).containsExactly("newer", "next day", "old");
    applyAt(now.plusSeconds(1));
    assertThat(stored("t")).containsExactly("next day");
    assertThat(stored("other")).containsExactly("kept");
    assertThat(heard).containsExactly("applied", "removed 1", "applied");
  }

  @Test
  void theObjectStaysUntilItsDelayIsOver() throws IOException {
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    applyAt(DAY_0.plus(Duration.ofDays(3)));
    storage.sweep(now.plus(DELETE_DELAY).minusSeconds(1));
    assertThat(segmentObjects()).isEqualTo(1);
    storage.sweep(now.plus(DELETE_DELAY));
    assertThat(segmentObjects()).isZero();
  }

  @Test
  void withALimitOfSizeWhatHasExpiredIsFreeAsSoonAsNoQueryReadsIt() throws IOException {
    size = new SizeLimit(1 << 30, 0, SizeLimit.NONE.volume());
    reopen();
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    applyAt(DAY_0.plus(Duration.ofDays(3)));
    storage.sweep(now.plus(GARBAGE_DELAY));
    assertThat(segmentObjects()).isZero();
  }

  @Test
  void writesASegmentAgainWithoutTheStreamsThatHaveExpired() throws IOException {
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    seal("t", row("dev", DAY_0, "dev"), row("prod", DAY_0, "prod"));
    applyAt(DAY_0.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(stored("t")).containsExactly("prod");
    assertThat(heard).containsExactly("rewritten", "applied");
    applyAt(now.plus(INTERVAL));
    assertThat(heard).containsExactly("rewritten", "applied", "applied");
  }

  @Test
  void streamsThatAreKeptEquallyLongLeaveASegmentTogether() throws IOException {
    limits.put("t", period(30, rule("{app=~\"dev.*\"}", 1)));
    Instant noon = DAY_0.plus(Duration.ofHours(12));
    seal("t", row("dev-1", DAY_0, "1"), row("dev-2", noon, "2"), row("prod", DAY_0, "prod"));
    applyAt(DAY_0.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(stored("t")).containsExactly("1", "2", "prod");
    applyAt(noon.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(stored("t")).containsExactly("prod");
  }

  @Test
  void looksIntoASegmentAgainOnlyWhenSomethingMayHaveExpired() throws IOException {
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    seal("t", row("prod", DAY_0, "prod"));
    applyAt(DAY_0.plus(Duration.ofDays(2)));
    long calls = store.calls();
    applyAt(now.plus(INTERVAL));
    assertThat(store.calls()).isEqualTo(calls);
    limits.put("t", period(30, rule("{app=\"prod\"}", 1)));
    applyAt(now.plus(INTERVAL));
    assertThat(stored("t")).isEmpty();
  }

  @Test
  void otherLimitsActAtTheNextRunAlsoOnOldLines() throws IOException {
    seal("t", row("a", DAY_0, "old"));
    applyAt(DAY_0.plus(Duration.ofDays(1000)));
    assertThat(stored("t")).containsExactly("old");
    limits.put("t", period(1));
    applyAt(now);
    assertThat(stored("t")).isEmpty();
  }

  @Test
  void theFirstRunIsOneIntervalAfterTheStart() throws IOException {
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    now = DAY_0.plus(Duration.ofDays(5));
    reopen();
    Instant start = now;
    retention.tick(start);
    retention.tick(start.plus(INTERVAL).minusSeconds(1));
    assertThat(heard).isEmpty();
    retention.tick(start.plus(INTERVAL));
    retention.tick(start.plus(INTERVAL).plusSeconds(1));
    assertThat(heard).containsExactly("removed 1", "applied");
  }

  @Test
  void withoutRetentionNothingExpiresAndMergesKeepEverything() throws IOException {
    enabled = false;
    reopen();
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    retention.tick(DAY_0);
    retention.tick(DAY_0.plus(Duration.ofDays(9)));
    assertThat(stored("t")).containsExactly("old");
    assertThat(retention.filter("t", now)).isSameAs(RowFilter.ALL);
  }

  @Test
  void mergesLeaveOutWhatHasExpired() throws IOException {
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    now = DAY_0.plus(Duration.ofDays(1)).plusSeconds(30);
    var rows =
        List.of(
            row("dev", DAY_0, "old"),
            row("dev", DAY_0.plusSeconds(60), "new"),
            row("prod", DAY_0, "prod"));
    var kept = retention.filter("t", now).keep(Batches.of(new ArrayList<>(rows)));
    assertThat(kept.stream()).containsExactly(1, 2);
    assertThat(retention.filter("other", now)).isSameAs(RowFilter.ALL);
  }

  @Test
  void theLimitOfSizeActsWithoutRetentionAndAtOnce() throws IOException {
    enabled = false;
    seal("t", row("a", DAY_0, "old"));
    seal("other", row("a", DAY_0.plusSeconds(1), "newer"));
    long bytes =
        storage.catalog().snapshot().segments().stream().mapToLong(SegmentEntry::bytes).sum();
    size = new SizeLimit(bytes - 1, 0, SizeLimit.NONE.volume());
    reopen();
    retention.tick(now);
    assertThat(stored("t")).isEmpty();
    assertThat(stored("other")).containsExactly("newer");
    storage.sweep(now.plus(GARBAGE_DELAY));
    assertThat(segmentObjects()).isEqualTo(1);
  }

  @Test
  void theLimitOfSizeIsLookedAtEveryMinute() throws IOException {
    seal("t", row("a", DAY_0, "old"));
    size = new SizeLimit(1 << 30, 0, SizeLimit.NONE.volume());
    reopen();
    retention.tick(now);
    size = new SizeLimit(1, 0, SizeLimit.NONE.volume());
    reopen();
    retention.tick(now);
    assertThat(stored("t")).isEmpty();
    seal("t", row("a", DAY_0, "more"));
    retention.tick(now.plusSeconds(59));
    assertThat(stored("t")).containsExactly("more");
    retention.tick(now.plusSeconds(60));
    assertThat(stored("t")).isEmpty();
  }

  @Test
  void hidesLinesAtOnceAndRemovesThemAfterTheCancelPeriod() throws IOException {
    seal("t", row("a", DAY_0, "bad"), row("a", DAY_0, "good"), row("b", DAY_0, "bad b"));
    DeleteRequest request = delete("{app=\"a\"} |= \"bad\"", DAY_0, DAY_0.plusSeconds(9));
    assertThat(lines("t")).containsExactly("bad b", "good");
    applyAt(now.plus(CANCEL_PERIOD).minusSeconds(1));
    assertThat(stored("t")).containsExactly("bad", "bad b", "good");
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    applyAt(now.plusSeconds(1));
    assertThat(stored("t")).containsExactly("bad b", "good");
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    assertThat(lines("t")).containsExactly("bad b", "good");
    assertThat(heard).contains("rewritten", "processed t");
  }

  @Test
  void aSegmentWithoutLinesOfTheRequestStaysAsItIs() throws IOException {
    seal("t", row("a", DAY_0, "good"));
    DeleteRequest request = delete("{app=\"a\"} |= \"bad\"", DAY_0, DAY_0.plusSeconds(9));
    List<SegmentEntry> before = storage.catalog().snapshot().segments();
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(storage.catalog().snapshot().segments()).isEqualTo(before);
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
  }

  @Test
  void aRequestIsNotProcessedWhileAHeadHasItsLines() throws IOException {
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    seal("head", row("a", DAY_0, "in a head"));
    recent = Optional.of(List.of(storage.snapshot().entries("head")));
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    recent = Optional.empty();
    applyAt(now.plus(INTERVAL));
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    recent = Optional.of(List.of());
    applyAt(now.plus(INTERVAL));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
  }

  @Test
  void linesThatComeBeforeARequestIsProcessedAreCoveredAndLaterOnesAreNot() throws IOException {
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    seal("t", row("a", DAY_0, "late"));
    assertThat(lines("t")).isEmpty();
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    assertThat(stored("t")).isEmpty();
    seal("t", row("a", DAY_0, "later"));
    assertThat(lines("t")).containsExactly("later");
  }

  @Test
  void aWithdrawnRequestHidesNothingAnyMore() throws IOException {
    seal("t", row("a", DAY_0, "line"));
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    assertThat(lines("t")).isEmpty();
    requests.cancel(request);
    assertThat(lines("t")).containsExactly("line");
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(stored("t")).containsExactly("line");
  }

  @Test
  void filterOnlyHidesForEverAndRemovesNothing() throws IOException {
    limits.put("t", new RetentionLimits(Duration.ZERO, List.of(), Deletion.FILTER_ONLY));
    seal("t", row("a", DAY_0, "line"));
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    applyAt(now.plus(CANCEL_PERIOD.multipliedBy(9)));
    assertThat(lines("t")).isEmpty();
    assertThat(stored("t")).containsExactly("line");
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
  }

  @Test
  void aSegmentThatCannotBeReadKeepsARequestFromItsEnd() throws IOException {
    for (int i = 0; i < 4; i++) {
      seal("t", row("a", DAY_0.plusSeconds(i), "line " + i));
    }
    DeleteRequest request = delete("{app=\"a\"} |= \"0\"", DAY_0, DAY_0.plusSeconds(9));
    SegmentEntry last = storage.catalog().snapshot().segments().getLast();
    objects.objects.get(last.key())[40] ^= 1;
    assertThat(requests.percent(request)).isZero();
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(stored("t")).containsExactly("line 1", "line 2");
    assertThat(requests.percent(request)).isEqualTo(66);
    assertThat(corrupt).extracting(CorruptDataException::path).containsExactly(last.key());
    applyAt(now.plus(INTERVAL));
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    assertThat(corrupt).hasSize(1);
  }

  @Test
  void processedRequestsAreListedForAMonth() throws IOException {
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    applyAt(DAY_0.plus(Duration.ofDays(30)));
    assertThat(requests.list("t")).hasSize(1);
    applyAt(now.plusSeconds(1));
    assertThat(requests.list("t")).isEmpty();
  }

  @Test
  void aRequestThatCannotBeReadAnyMoreStopsNoOther() throws IOException {
    storage
        .catalog()
        .commit(
            CatalogEdit.builder()
                .put(new DeleteRequest("x", "t", "{broken", 0, 1, 0, Status.RECEIVED))
                .build());
    seal("t", row("a", DAY_0, "line"));
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    assertThat(stored("t")).isEmpty();
  }

  /** Every call of the store fails once, or is the last before the process dies. */
  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFailureAtAnyCallLeavesOldOrNewAndTheNextRunEndsTheWork(Fault fault) throws IOException {
    for (boolean dies : new boolean[] {false, true}) {
      for (int call = 0; workIsCutShort(call, fault, dies); call++) {
        assertThat(call).isLessThan(200);
      }
    }
  }

  private boolean workIsCutShort(int call, Fault fault, boolean dies) throws IOException {
    storage.close();
    objects = new MemoryStore();
    store = new FaultyStore(objects);
    heads = 0;
    now = DAY_0;
    open();
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    limits.put("old", period(1));
    seal("t", row("dev", DAY_0, "dev"), row("prod", DAY_0, "prod"), row("prod", DAY_0, "bad"));
    seal("old", row("dev", DAY_0, "old"));
    delete("{app=\"prod\"} |= \"bad\"", DAY_0.minusSeconds(9), DAY_0.plusSeconds(1));
    now = DAY_0.plus(Duration.ofDays(2));
    if (dies) {
      store.dieAfter(call, fault);
    } else {
      store.failAfter(call, fault);
    }
    retention.apply(now);
    boolean failed = store.hasFailed();
    store.heal();
    if (dies) {
      reopen();
    }
    checkOldOrNew();
    applyAt(now.plus(INTERVAL));
    applyAt(now.plus(INTERVAL));
    assertThat(stored("t")).as("call " + call).containsExactly("prod");
    assertThat(stored("old")).isEmpty();
    assertThat(requests.pending()).isEmpty();
    storage.sweep(now.plus(DELETE_DELAY));
    reopen();
    assertThat(segmentObjects()).isEqualTo(1);
    assertThat(stored("t")).containsExactly("prod");
    return failed;
  }

  private void checkOldOrNew() {
    assertThat(lines("t")).isIn(List.of("dev", "prod"), List.of("prod"));
    assertThat(stored("t"))
        .isIn(
            List.of("bad", "dev", "prod"),
            List.of("bad", "prod"),
            List.of("dev", "prod"),
            List.of("prod"));
    assertThat(stored("old")).isIn(List.of(), List.of("old"));
  }
}
