package dev.skald.storage.compact;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.Deletion;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.logql.Labels;
import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.Batches;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.SegmentKeys;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
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
import org.junit.jupiter.api.io.TempDir;

/** Retention over a store in memory that can fail, with lines to lose and a clock to move. */
abstract class RetentionRig {
  static final long SECOND = 1_000_000_000L;
  static final Instant DAY_0 = Instant.EPOCH.plus(Duration.ofDays(20_000));
  static final Duration INTERVAL = Duration.ofMinutes(10);
  static final Duration DELETE_DELAY = Duration.ofHours(2);
  static final Duration GARBAGE_DELAY = Duration.ofSeconds(90);
  static final Duration CANCEL_PERIOD = Duration.ofHours(24);
  static final RetentionLimits FOR_EVER = RetentionLimits.defaults();

  @TempDir Path directory;

  MemoryStore objects = new MemoryStore();
  FaultyStore store = new FaultyStore(objects);
  final Map<String, RetentionLimits> limits = new TreeMap<>();
  final List<String> heard = new ArrayList<>();
  final List<CorruptDataException> corrupt = new ArrayList<>();
  Optional<List<EntrySource>> recent = Optional.of(List.of());
  SizeLimit size = SizeLimit.NONE;
  boolean enabled = true;
  Instant now = DAY_0;
  int heads;
  Storage storage;
  DeleteRequests requests;
  Retention retention;

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

  void reopen() throws IOException {
    storage.close();
    open();
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * SECOND;
  }

  static TestEntry row(String app, Instant time, String line) {
    return TestEntry.of(Labels.of("app", app), nanos(time), line, Map.of());
  }

  void seal(String tenant, TestEntry... rows) throws IOException {
    storage.seal(new HeadId(heads++), Map.of(tenant, Batches.of(new ArrayList<>(List.of(rows)))));
  }

  List<String> lines(String tenant) {
    var snapshot = storage.snapshot();
    return lines(snapshot.deleted(tenant).over(snapshot.entries(tenant)));
  }

  /** The lines that are there, whether they are hidden or not. */
  List<String> stored(String tenant) {
    return lines(storage.snapshot().entries(tenant));
  }

  static List<String> lines(EntrySource source) {
    return Batches.read(source.select(Batches.EVERYTHING)).stream()
        .map(row -> new String(HexFormat.of().parseHex(row.lineHex()), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  long segmentObjects() {
    return objects.objects.keySet().stream()
        .filter(key -> key.startsWith(SegmentKeys.PREFIX))
        .count();
  }

  static RetentionLimits period(int days, StreamRetention... streams) {
    return new RetentionLimits(Duration.ofDays(days), List.of(streams), Deletion.FILTER_AND_DELETE);
  }

  static StreamRetention rule(String selector, int days) {
    return StreamRetention.of(selector, 1, Duration.ofDays(days));
  }

  void applyAt(Instant time) {
    now = time;
    retention.apply(now);
  }

  DeleteRequest delete(String query, Instant start, Instant end) throws IOException {
    return requests.create("t", query, nanos(start), nanos(end), now);
  }

  Status status(DeleteRequest request) {
    return requests.find("t", request.id()).orElseThrow().status();
  }
}
